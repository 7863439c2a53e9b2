"""Students, and the groups they are in."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.domain.time.years import key_stage
from webapp.imports.kinds.checks import repeated
from webapp.imports.kinds.moves import plan_moves
from webapp.imports.kinds.values import (
    A_DATE,
    A_NAME,
    LONGEST_GROUP,
    LONGEST_UPN,
    SHORT,
    read_date,
    read_group,
    read_text,
    read_upn,
    read_year_group,
)
from webapp.imports.plan import Plan, at_once, no_lessons, nothing_follows
from webapp.imports.problems import Problem
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Group, Membership, Student, db
from webapp.school.clock import today

KEY = "students"
MOST = 10_000  # lines
COLUMNS: tuple[Column, ...] = (
    Column("upn", read_upn, "a UPN: up to 20 characters without spaces", LONGEST_UPN),
    Column("legal_surname", read_text, "a surname", A_NAME),
    Column("legal_forename", read_text, "a forename", A_NAME),
    Column("year", read_year_group, "a year group such as 8, Year 8 or Y8", SHORT),
    Column("reg", read_group, f"a group such as 8H, of up to {LONGEST_GROUP} letters", LONGEST_GROUP),
    Column("admission", read_text, "an admission number", SHORT, optional=True),
    Column("preferred_surname", read_text, "a surname", A_NAME, optional=True),
    Column("preferred_forename", read_text, "a forename", A_NAME, optional=True),
    Column("joined", read_date, A_DATE, SHORT, optional=True),
    Column("left", read_date, A_DATE, SHORT, optional=True),
)

portions = at_once
follow, lessons = nothing_follows, no_lessons


def check(records: Sequence[Record]) -> Iterator[Problem]:
    yield from repeated(records, ("upn",), "upn", "UPN")
    for record in records:
        joined, left = record.values.get("joined"), record.values.get("left")
        if joined and left and left < joined:
            yield record.problem("left", "a day not before the date of admission")


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Group, Student, Membership)


def plan(records: Sequence[Record], track: Track) -> Plan:
    """Students not in the file stay, and so does what a missing column would have said."""
    plan = Plan()
    _plan_groups(records, plan)
    students = {student.upn: student for student in db.session.scalars(select(Student))}
    for record in track(records, "Students"):
        plan.merge(Student, students.get(record["upn"]), _values(record))
    plan_moves(plan, today())
    return plan


def _plan_groups(records: Sequence[Record], plan: Plan) -> None:
    """A group has the key stage of the first of its students in the file."""
    years: dict[str, int] = {}
    for record in records:
        years.setdefault(record["reg"], record["year"])
    groups = {group.id: group for group in db.session.scalars(select(Group))}
    for name, year in years.items():
        values = {"id": name, "name": name, "key_stage": key_stage(year)}
        plan.note(Group, groups.get(name), values)


def _values(record: Record) -> dict[str, Any]:
    values = dict(record.values)
    values["group_id"] = values.pop("reg")
    return values
