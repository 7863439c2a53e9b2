"""The bell schedule."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.imports.checks import overlapping, repeated
from webapp.imports.images import snapshot
from webapp.imports.outcome import Outcome, merge
from webapp.imports.problems import Problem
from webapp.imports.table import Column, Record, Track
from webapp.imports.values import A_TIME, one_of, read_text, read_time
from webapp.lessons import refresh_lessons
from webapp.models import Lesson, Period, db
from webapp.sync.sequence import Sequence as Numbers
from webapp.sync.window import tell_school

KEY = "periods"
COLUMNS: tuple[Column, ...] = (
    Column("period", read_text, "the name of a period"),
    Column("start", read_time, A_TIME),
    Column("end", read_time, A_TIME),
    Column("kind", one_of("lesson", "break", "lunch"), "lesson, break or lunch"),
)


def check(records: Sequence[Record]) -> Iterator[Problem]:
    yield from repeated(records, ("period",), "period", "period")
    for record in records:
        if record["end"] <= record["start"]:
            yield record.problem("end", "a time after the start")
    for record, earlier in overlapping(records, ends_included=False):
        yield record.problem("start", f"a time from {earlier['end']} on, when period {earlier['period']} ends")


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Period, Lesson)


def write(records: Sequence[Record], numbers: Numbers, track: Track) -> Outcome:
    """Periods not in the file stay, since the timetable may need them."""
    outcome = Outcome()
    periods = {period.name: period for period in db.session.scalars(select(Period))}
    for record in track(records, "Periods"):
        name = record["period"]
        values = {"name": name, "starts": record["start"], "ends": record["end"], "kind": record["kind"]}
        merge(outcome, Period, periods.get(name), values, numbers)
    return outcome


def follow(numbers: Numbers, reopened: Collection[date] = ()) -> None:
    """Lessons follow, and the pauses that tablets hold."""
    refresh_lessons(numbers, reopened)
    tell_school(numbers)
