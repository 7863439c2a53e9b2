"""School years, half terms and closures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.footprint import Snapshot
from webapp.domain.time.calendar import monday_of, week_of
from webapp.domain.time.spread import ALL_DAYS, ALL_YEARS, SCHOOL_DAYS, column, members, read_days, read_years
from webapp.imports.kinds.checks import overlapping, repeated
from webapp.imports.kinds.slots import read_week
from webapp.imports.kinds.teaching import some
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
from webapp.models import CalendarEntry, Lesson, Level, Period, db
from webapp.school.calendar import CLOSURE, HALF_TERM, WEEK, YEAR, calendar_of, entries
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.levels import recompute
from webapp.timetable.lessons import Outlook, outlook, refresh_lessons

LONGEST_YEAR = 400  # days; a longer one is a slip of the pen, and would fill the database with lessons

KEY = "calendar"
MOST = 1_000  # lines
IS_DATED = False
COLUMNS: tuple[Column, ...] = (
    Column("kind", one_of(YEAR, HALF_TERM, CLOSURE, WEEK), "year, half-term, closure or week", SHORT),
    Column("name", read_text, "a name", A_NAME),
    Column("start", read_date, A_DATE, SHORT),
    Column("end", read_date, A_DATE, SHORT, blank=True),
    Column("since", read_text, "the first period of a closure on its first day", SHORT, optional=True),
    Column("until", read_text, "the last period of a closure on its last day", SHORT, optional=True),
    Column("years", read_years, "years such as 7-9, or nothing for all", SHORT, optional=True),
    Column("days", read_days, "days with lessons such as Mon-Sat, or nothing for Mon-Fri", SHORT, optional=True),
)
SPREADS = {"days": (ALL_DAYS, SCHOOL_DAYS), "years": (ALL_YEARS, ALL_YEARS)}
"""Columns of several days or years: all there can be, and what is meant where nothing is said."""

WHOLE_WEEK = 7  # days


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:  # noqa: ARG001
    yield from repeated(records, ("kind", "name", "start", "years"), "name", "year, half term or closure")
    periods = {name for (name,) in db.session.execute(select(Period.name).distinct())}
    for record in records:
        yield from _week_faults(record) if record["kind"] == WEEK else _span_faults(record)
        yield from _part_faults(record, periods)
    for kind in (YEAR, HALF_TERM):
        spans = [record for record in records if record["kind"] == kind and record["end"]]
        for record, earlier in overlapping(spans, ends_included=True):
            yield record.problem("start", f"a day after {earlier['name']}, which ends on {earlier['end']:%d/%m/%Y}")


def _span_faults(record: Record) -> Iterator[Problem]:
    if record["end"] is None:
        yield record.problem("end", A_DATE)
    elif record["end"] < record["start"]:
        yield record.problem("end", "a day not before the start")
    elif (record["end"] - record["start"]).days >= LONGEST_YEAR:
        yield record.problem("end", f"a day within {LONGEST_YEAR} days of the start")


def _week_faults(record: Record) -> Iterator[Problem]:
    """A week that ends after it begins says something of itself alone."""
    monday = monday_of(week_of(record["start"]))
    if read_week(record["name"]) is None:
        yield record.problem("name", "A or B")
    if record["start"] != monday:
        yield record.problem("start", f"the Monday on which the week begins, {monday:%d/%m/%Y}")
    elif record["end"] and not 0 <= (record["end"] - monday).days < WHOLE_WEEK:
        yield record.problem("end", "nothing, or a day of this week if the next ones do not follow from it")


def _part_faults(record: Record, periods: Collection[str]) -> Iterator[Problem]:
    """Only closures are of part of a day or for some years, and only years say on which days there are lessons."""
    for key, kind in (("since", CLOSURE), ("until", CLOSURE), ("years", CLOSURE), ("days", YEAR)):
        if record.values.get(key) and record["kind"] != kind:
            yield record.problem(key, f"nothing; this is for a {kind}")
    for key in ("since", "until"):
        # A calendar may well be brought in before the bells are.
        if periods and record.values.get(key) and record[key] not in periods:
            yield record.problem(key, f"a period of the bell schedule: {some(sorted(periods))}")


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(CalendarEntry, Lesson, Level)


portions, write = at_once, carry_out


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:  # noqa: ARG001
    """Entries not in the file stay."""
    plan = Plan()
    left = list(db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.start)))
    for record in track(records, "Calendar"):
        values = values_of(record)
        entry = _meant(values, left)
        if entry:
            left.remove(entry)
        plan.merge(CalendarEntry, entry, values)
    return plan


def values_of(record: Record) -> dict[str, Any]:
    """What a line says of an entry. A column that the file does not have says nothing."""
    values = dict(record.values)
    if values["kind"] == WEEK:
        values |= {"name": read_week(values["name"]), "end": values["end"] or values["start"]}
    for key, (everything, usual) in SPREADS.items():
        if key in values:
            values[key] = None if values[key] in (None, usual) else column(values[key], everything)
    return values


def lessons(plan: Plan) -> Outlook:
    """What follows for lessons."""
    return outlook(calendar=calendar_of(plan.rows_of(CalendarEntry, entries())))


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """Lessons and levels follow."""
    refresh_lessons(revs, reopened)
    recompute(revs)


def _meant(values: Mapping[str, Any], entries: Sequence[CalendarEntry]) -> CalendarEntry | None:
    """The entry a line speaks of. Years do not overlap, nor do half terms: one that does is the same one, moved or
    renamed. Closures may, and many bear one name ("Staff training"), also for different years; a week is known by its
    Monday."""
    same = [
        entry
        for entry in entries
        if entry.kind == values["kind"]
        and entry.start <= values["end"]
        and entry.end >= values["start"]
        and (entry.kind != CLOSURE or _is_same_closure(entry, values))
        and (entry.kind != WEEK or entry.start == values["start"])
    ]
    return min(same, key=lambda entry: entry.name != values["name"], default=None)


def _is_same_closure(entry: CalendarEntry, values: Mapping[str, Any]) -> bool:
    years = members(values.get("years", entry.years), ALL_YEARS)
    return entry.name == values["name"] and not years.isdisjoint(members(entry.years, ALL_YEARS))
