"""The bell schedule."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.imports.kinds.checks import overlapping, repeated
from webapp.imports.kinds.values import A_TIME, SHORT, one_of, read_text, read_time
from webapp.imports.plan import Plan, at_once, carry_out
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Lesson, Period, db
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.rolling import tell_school
from webapp.timetable.lessons import Outlook, outlook, refresh_lessons

KEY = "periods"
MOST = 50  # lines
COLUMNS: tuple[Column, ...] = (
    Column("period", read_text, "the name of a period", SHORT),
    Column("start", read_time, A_TIME, SHORT),
    Column("end", read_time, A_TIME, SHORT),
    Column("kind", one_of("lesson", "break", "lunch"), "lesson, break or lunch", SHORT),
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


portions, write = at_once, carry_out


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:  # noqa: ARG001
    """Periods not in the file stay, since the timetable may need them."""
    plan = Plan()
    periods = {period.name: period for period in db.session.scalars(select(Period))}
    for record in track(records, "Periods"):
        name = record["period"]
        values = {"name": name, "starts": record["start"], "ends": record["end"], "kind": record["kind"]}
        plan.merge(Period, periods.get(name), values)
    return plan


def lessons(plan: Plan) -> Outlook:
    """What follows for lessons."""
    return outlook(periods=plan.rows_of(Period, db.session.scalars(select(Period)).all()))


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """Lessons follow, and the pauses that tablets hold."""
    refresh_lessons(revs, reopened)
    tell_school(revs)
