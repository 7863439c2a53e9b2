"""The school's calendar as the office has imported it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import select

from webapp.domain.time.calendar import Calendar, Span
from webapp.models import CalendarEntry, db

Spans = tuple[Span, ...]

YEAR = "year"
HALF_TERM = "half-term"
CLOSURE = "closure"


def load_calendar() -> Calendar:
    """Years, half terms and closures, each in order of their first day."""
    return calendar_of(entries())


def entries() -> Sequence[CalendarEntry]:
    """All entries in order."""
    return db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.start, CalendarEntry.id)).all()


def calendar_of(entries: Iterable[CalendarEntry]) -> Calendar:
    """The calendar that these entries make."""
    ordered = sorted(entries, key=lambda entry: entry.start)
    spans = {
        kind: tuple(Span(entry.name, entry.start, entry.end) for entry in ordered if entry.kind == kind)
        for kind in (YEAR, HALF_TERM, CLOSURE)
    }
    return _calendar(spans[YEAR], spans[HALF_TERM], spans[CLOSURE])


@lru_cache(maxsize=4)
def _calendar(years: Spans, half_terms: Spans, closures: Spans) -> Calendar:
    """The same calendar for the same spans, since it remembers its school weeks, which take a while to count."""
    return Calendar(years, half_terms, closures)
