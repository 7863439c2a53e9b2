"""The timetable: what each group does in each lesson of the week."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.imports.kinds.checks import repeated
from webapp.imports.kinds.values import A_NAME, LONGEST_GROUP, SHORT, read_text, read_weekday
from webapp.imports.plan import Plan, at_once, carry_out
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Cover, Group, Lesson, Period, Staff, TimetableEntry, db
from webapp.sync.log.revisions import RevCounter
from webapp.timetable.lessons import Outlook, outlook, refresh_lessons

MOST_NAMED = 100  # periods, groups or people; each wrong line lists them

KEY = "timetable"
MOST = 20_000  # lines
COLUMNS: tuple[Column, ...] = (
    Column("day", read_weekday, "a day from Monday to Friday, such as Mon, Monday or 1", SHORT),
    Column("period", read_text, "a period", SHORT),
    Column("group", read_text, "a group", LONGEST_GROUP),
    Column("subject", read_text, "a subject", A_NAME),
    Column("staff", read_text, "a username", A_NAME),
)


def check(records: Sequence[Record]) -> Iterator[Problem]:
    yield from repeated(records, ("day", "period", "group"), "group", "group in a period")
    periods = db.session.scalars(select(Period.name).where(Period.kind == "lesson").order_by(Period.starts))
    yield from _unknown(records, "period", list(periods), "a lesson of the bell schedule")
    yield from _unknown(records, "group", sorted(db.session.scalars(select(Group.id))), "a group of the school")
    staff = sorted(db.session.scalars(select(Staff.username)))
    yield from _unknown(records, "staff", staff, "the username of a member of staff")


def _unknown(records: Sequence[Record], key: str, known: Collection[str], what: str) -> Iterator[Problem]:
    expected, there = f"{what}: {_some(known)}", set(known)
    return (record.problem(key, expected) for record in records if record[key] not in there)


def _some(known: Collection[str]) -> str:
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return ", ".join(list(known)[:MOST_NAMED]) + more or "none has been imported yet"


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(TimetableEntry, Lesson, Cover)


portions, write = at_once, carry_out


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:  # noqa: ARG001
    """A file is the whole timetable: what it does not name is removed, and counts as a change."""
    plan = Plan()
    entries = db.session.scalars(select(TimetableEntry))
    left = {(entry.weekday, entry.period, entry.group_id): entry for entry in entries}
    ids = {person.username: person.id for person in db.session.scalars(select(Staff))}
    for record in track(records, "Timetable"):
        slot = (record["day"], record["period"], record["group"])
        values = {"weekday": slot[0], "period": slot[1], "group_id": slot[2]}
        values |= {"subject": record["subject"], "staff_id": ids[record["staff"]]}
        plan.merge(TimetableEntry, left.pop(slot, None), values)
    plan.remove(left.values())
    return plan


def lessons(plan: Plan) -> Outlook:
    """What follows for lessons."""
    return outlook(entries=plan.rows_of(TimetableEntry, db.session.scalars(select(TimetableEntry)).all()))


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """Lessons follow."""
    refresh_lessons(revs, reopened)
