"""The school's calendar as the office has imported it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from webapp.domain.time.bell import Closure
from webapp.domain.time.calendar import Calendar, Span, week_of
from webapp.domain.time.spread import ALL_DAYS, ALL_YEARS, SCHOOL_DAYS, members
from webapp.domain.time.weeks import WeekMark
from webapp.models import CalendarEntry, db

YEAR = "year"
HALF_TERM = "half-term"
CLOSURE = "closure"
WEEK = "week"


def load_calendar() -> Calendar:
    """Years, half terms, closures and weeks, each in order of their first day."""
    return calendar_of(entries())


def entries() -> Sequence[CalendarEntry]:
    """All entries in order."""
    return db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.start, CalendarEntry.id)).all()


def calendar_of(entries: Iterable[CalendarEntry]) -> Calendar:
    """The calendar that these entries make."""
    ordered = sorted(entries, key=lambda entry: entry.start)
    closures = [_closure(entry) for entry in ordered if entry.kind == CLOSURE]
    return _calendar(
        tuple(_span(entry) for entry in ordered if entry.kind == YEAR),
        tuple(_span(entry) for entry in ordered if entry.kind == HALF_TERM),
        tuple(Span(one.name, *days) for one in closures if (days := one.whole_days())),
        tuple(one for one in closures if one.whole_days() != (one.start, one.end)),
        tuple(WeekMark(week_of(one.start), one.name, one.end > one.start) for one in ordered if one.kind == WEEK),
    )


def _span(entry: CalendarEntry) -> Span:
    days = SCHOOL_DAYS if entry.days is None else members(entry.days, ALL_DAYS)
    return Span(entry.name, entry.start, entry.end, days)


def _closure(entry: CalendarEntry) -> Closure:
    years = members(entry.years, ALL_YEARS)
    return Closure(entry.name, entry.start, entry.end, entry.since, entry.until, years)


@lru_cache(maxsize=4)
def _calendar(*parts: Any) -> Calendar:
    """The same calendar for the same parts, since it remembers its school weeks, which take a while to count."""
    return Calendar(*parts)
