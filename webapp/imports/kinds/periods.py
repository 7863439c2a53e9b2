"""The bell schedule."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.domain.time.bell import KINDS, SESSIONS
from webapp.domain.time.spread import read_days, read_years
from webapp.imports.kinds.from_day import is_ahead, say_start, start_of
from webapp.imports.kinds.ringing import bell_of_line, faults, lay
from webapp.imports.kinds.values import A_TIME, SHORT, one_of, read_text, read_time
from webapp.imports.plan import Plan, at_once, carry_out
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Lesson, Period, db
from webapp.school.bell_schedule import bells_of
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.rolling import tell_school
from webapp.timetable.lessons import Outlook, outlook, refresh_lessons

KEY = "periods"
MOST = 200  # lines
IS_DATED = True
COLUMNS: tuple[Column, ...] = (
    Column("period", read_text, "the name of a period", SHORT),
    Column("start", read_time, A_TIME, SHORT),
    Column("end", read_time, A_TIME, SHORT),
    Column("kind", one_of(*KINDS), "lesson, registration, break or lunch", SHORT),
    Column("days", read_days, "days such as Mon-Thu or Fri, or nothing for all", SHORT, optional=True),
    Column("years", read_years, "years such as 7-9, or nothing for all", SHORT, optional=True),
    Column("session", one_of(*SESSIONS), "am or pm", SHORT, optional=True),
)

portions, write = at_once, carry_out


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:
    return faults(records, held_from(start_of(answers)))


def held_from(start: date | None) -> list[Period]:
    """The rows that hold from a day on, in order."""
    rows = db.session.scalars(select(Period).order_by(Period.starts, Period.name, Period.id))
    return [row for row in rows if is_ahead(row, start)]


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Period, Lesson)


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:
    """Periods not in the file stay, since the timetable may need them."""
    plan, start = Plan(), start_of(answers)
    lay(plan, [bell_of_line(record) for record in track(records, "Periods")], held_from(start), start)
    say_start(plan, start)
    return plan


def lessons(plan: Plan) -> Outlook:
    """What follows for lessons."""
    return outlook(bells=bells_of(plan.rows_of(Period, db.session.scalars(select(Period)).all())))


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """Lessons follow, and the pauses that tablets hold."""
    refresh_lessons(revs, reopened)
    tell_school(revs)
