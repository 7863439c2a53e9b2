"""The timetable: what each group does in each lesson of the week."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.imports.checks import repeated
from webapp.imports.images import snapshot
from webapp.imports.outcome import Outcome, merge
from webapp.imports.problems import Problem
from webapp.imports.table import Column, Record, Track
from webapp.imports.values import read_text, read_weekday
from webapp.lessons import refresh_lessons
from webapp.models import Cover, Group, Lesson, Period, Staff, TimetableEntry, db
from webapp.sync.sequence import Sequence as Numbers

KEY = "timetable"
COLUMNS: tuple[Column, ...] = (
    Column("day", read_weekday, "a day from Monday to Friday, such as Mon, Monday or 1"),
    Column("period", read_text, "a period"),
    Column("group", read_text, "a group"),
    Column("subject", read_text, "a subject"),
    Column("staff", read_text, "a username"),
)


def check(records: Sequence[Record]) -> Iterator[Problem]:
    yield from repeated(records, ("day", "period", "group"), "group", "group in a period")
    periods = db.session.scalars(select(Period.name).where(Period.kind == "lesson").order_by(Period.starts))
    yield from _unknown(records, "period", list(periods), "a lesson of the bell schedule")
    yield from _unknown(records, "group", sorted(db.session.scalars(select(Group.id))), "a group of the school")
    staff = sorted(db.session.scalars(select(Staff.username)))
    yield from _unknown(records, "staff", staff, "the username of a member of staff")


def _unknown(records: Sequence[Record], key: str, known: Collection[str], what: str) -> Iterator[Problem]:
    expected = f"{what}: {', '.join(known) or 'none has been imported yet'}"
    there = set(known)
    return (record.problem(key, expected) for record in records if record[key] not in there)


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(TimetableEntry, Lesson, Cover)


def write(records: Sequence[Record], numbers: Numbers, track: Track) -> Outcome:
    """A file is the whole timetable: what it does not name is removed, and counts as a change."""
    outcome = Outcome()
    entries = db.session.scalars(select(TimetableEntry))
    left = {(entry.weekday, entry.period, entry.group_id): entry for entry in entries}
    ids = {person.username: person.id for person in db.session.scalars(select(Staff))}
    for record in track(records, "Timetable"):
        slot = (record["day"], record["period"], record["group"])
        values = {"weekday": slot[0], "period": slot[1], "group_id": slot[2]}
        values |= {"subject": record["subject"], "staff_id": ids[record["staff"]]}
        merge(outcome, TimetableEntry, left.pop(slot, None), values, numbers)
    for entry in left.values():
        db.session.delete(entry)
    outcome.changed += len(left)
    return outcome


def follow(numbers: Numbers, reopened: Collection[date] = ()) -> None:
    """Lessons follow."""
    refresh_lessons(numbers, reopened)
