"""Students, and the groups they are in."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.domain.time.calendar import parse_day
from webapp.domain.time.years import key_stage
from webapp.imports.kinds.checks import repeated
from webapp.imports.kinds.matching import is_temporary, load_known, match
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
from webapp.imports.plan import Plan, at_once, carry_out, no_lessons
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Absent, Answers, left_on
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import FormerUpn, Group, Spell, Student, db
from webapp.school.clock import today
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables import namesakes

KEY = "students"
MOST = 10_000  # lines
IS_DATED = False
COLUMNS: tuple[Column, ...] = (
    Column("upn", read_upn, "a UPN: up to 20 characters without spaces", LONGEST_UPN),
    Column("legal_surname", read_text, "a surname", A_NAME),
    Column("legal_forename", read_text, "a forename", A_NAME),
    Column("year", read_year_group, "a year group such as 8, Year 8 or Y8", SHORT),
    Column("reg", read_group, f"a group such as 8H, of up to {LONGEST_GROUP} letters", LONGEST_GROUP),
    Column("admission", read_text, "an admission number", SHORT, optional=True),
    Column("preferred_surname", read_text, "a surname", A_NAME, optional=True),
    Column("preferred_forename", read_text, "a forename", A_NAME, optional=True),
    Column("born", read_date, A_DATE, SHORT, optional=True),
    Column("joined", read_date, A_DATE, SHORT, optional=True),
    Column("left", read_date, A_DATE, SHORT, optional=True),
)

portions, write = at_once, carry_out
lessons = no_lessons


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:  # noqa: ARG001
    yield from repeated(records, ("upn",), "upn", "UPN")
    for record in records:
        joined, left = record.values.get("joined"), record.values.get("left")
        if joined and left and left < joined:
            yield record.problem("left", "a day not before the date of admission")
        if (born := record.values.get("born")) and born > today():
            yield record.problem("born", "a day that is not to come")


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:  # noqa: ARG001  # no lessons do
    """Students of one name are told apart."""
    namesakes.follow(revs)


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Group, Student, FormerUpn, Spell)


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:
    """Students not in the file stay unless somebody says that they left, and so does what a missing column would have
    said."""
    plan, known = Plan(), load_known()
    groups = _plan_groups(records, plan)
    matches = match(records, known, answers)
    for record, student, asked in track(matches, "Students"):
        if asked:
            plan.questions.append(asked)
        else:
            _plan_student(student, _values(record, groups), plan)
    named = {student.id for _, student, _ in matches if student}
    _plan_absent([student for student in known.by_upn.values() if student.id not in named], answers, plan)
    return plan


def _plan_groups(records: Sequence[Record], plan: Plan) -> Mapping[str, str]:
    """The groups' ids by what lines call them, in any case. A group has the key stage of the first of its students in
    the file."""
    groups = {group.id: group for group in db.session.scalars(select(Group))}
    ids = {group.casefold(): group for group in groups}
    years: dict[str, int] = {}
    for record in records:
        years.setdefault(ids.setdefault(record["reg"].casefold(), record["reg"]), record["year"])
    for group, year in years.items():
        name = groups[group].name if group in groups else group
        plan.note(Group, groups.get(group), {"id": group, "name": name, "key_stage": key_stage(year)})
    return ids


def _values(record: Record, groups: Mapping[str, str]) -> dict[str, Any]:
    values = dict(record.values)
    values["group_id"] = groups[values.pop("reg").casefold()]
    return values


def _plan_student(student: Student | None, values: dict[str, Any], plan: Plan) -> None:
    if student:
        values["upn"] = _plan_upn(student, values["upn"], plan)
        _plan_return(student, values, plan)
    plan.merge(Student, student, values)


def _plan_return(student: Student, values: dict[str, Any], plan: Plan) -> None:
    """Whoever left and was admitted again later was here twice."""
    joined = values.get("joined")
    if student.left and joined and joined >= student.left:
        plan.note(Spell, None, {"student_id": student.id, "joined": student.joined, "left": student.left})
        values.setdefault("left", None)


def _plan_upn(student: Student, upn: str, plan: Plan) -> str:
    """The UPN that the student has from now on. The other one is kept as a former one."""
    if student.upn.upper() == upn:
        return student.upn
    stays = is_temporary(upn) and not is_temporary(student.upn)
    former = upn if stays else student.upn.upper()
    plan.note(FormerUpn, db.session.get(FormerUpn, former), {"upn": former, "student_id": student.id})
    if not stays and (back := db.session.get(FormerUpn, upn)):
        plan.removed.append(back)
    return student.upn if stays else upn


def _plan_absent(students: Sequence[Student], answers: Answers, plan: Plan) -> None:
    """Whoever is on roll and not in the file; they left from the day on that somebody says."""
    there = [student for student in students if not student.is_former and student.on_roll(today(), today())]
    days = {name: day for name, day in answers.items() if name.startswith(left_on(""))}
    for student in sorted(there, key=lambda student: (student.sort, student.id)):
        day = parse_day(days.pop(left_on(student.upn), None))
        if day is None:
            plan.absent.append(Absent(student.upn, _name(student), student.group_id))
        elif student.joined and day < student.joined:
            plan.faults.append(Problem(1, "", f"{_name(student)}: {day}", "a day not before the date of admission"))
        else:
            plan.merge(Student, student, {"left": day})
    for name in days:
        upn = name.removeprefix(left_on(""))
        plan.faults.append(Problem(1, "", upn, "the UPN of somebody who is on roll and not in the file"))


def _name(student: Student) -> str:
    return f"{student.legal_surname}, {student.legal_forename}"
