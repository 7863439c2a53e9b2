"""School years, half terms and closures."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.imports.kinds.checks import overlapping, repeated
from webapp.imports.kinds.values import (
    A_DATE,
    A_NAME,
    SHORT,
    one_of,
    read_date,
    read_text,
)
from webapp.imports.plan import Plan, at_once, carry_out
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import CalendarEntry, Lesson, Level, db
from webapp.school.calendar import CLOSURE, HALF_TERM, YEAR, calendar_of, entries
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.levels import recompute
from webapp.timetable.lessons import Outlook, outlook, refresh_lessons

LONGEST_YEAR = 400  # days; a longer one is a slip of the pen, and would fill the database with lessons

KEY = "calendar"
MOST = 1_000  # lines
COLUMNS: tuple[Column, ...] = (
    Column("kind", one_of(YEAR, HALF_TERM, CLOSURE), "year, half-term or closure", SHORT),
    Column("name", read_text, "a name", A_NAME),
    Column("start", read_date, A_DATE, SHORT),
    Column("end", read_date, A_DATE, SHORT),
)


def check(records: Sequence[Record]) -> Iterator[Problem]:
    yield from repeated(records, ("kind", "name", "start"), "name", "year, half term or closure")
    for record in records:
        if record["end"] < record["start"]:
            yield record.problem("end", "a day not before the start")
        elif (record["end"] - record["start"]).days >= LONGEST_YEAR:
            yield record.problem("end", f"a day within {LONGEST_YEAR} days of the start")
    for kind in (YEAR, HALF_TERM):
        spans = [record for record in records if record["kind"] == kind]
        for record, earlier in overlapping(spans, ends_included=True):
            yield record.problem("start", f"a day after {earlier['name']}, which ends on {earlier['end']:%d/%m/%Y}")


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(CalendarEntry, Lesson, Level)


portions, write = at_once, carry_out


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:  # noqa: ARG001
    """Entries not in the file stay."""
    plan = Plan()
    left = list(db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.start)))
    for record in track(records, "Calendar"):
        entry = _meant(record, left)
        if entry:
            left.remove(entry)
        plan.merge(CalendarEntry, entry, record.values)
    return plan


def lessons(plan: Plan) -> Outlook:
    """What follows for lessons."""
    return outlook(calendar=calendar_of(plan.rows_of(CalendarEntry, entries())))


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """Lessons and levels follow."""
    refresh_lessons(revs, reopened)
    recompute(revs)


def _meant(record: Record, entries: Sequence[CalendarEntry]) -> CalendarEntry | None:
    """The entry a line speaks of. Years do not overlap, nor do half terms: one that does is the same one, moved or
    renamed. Closures may, and many bear one name ("Staff training")."""
    same = [
        entry
        for entry in entries
        if entry.kind == record["kind"]
        and entry.start <= record["end"]
        and entry.end >= record["start"]
        and (entry.name == record["name"] or entry.kind != CLOSURE)
    ]
    return min(same, key=lambda entry: entry.name != record["name"], default=None)
