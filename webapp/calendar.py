"""The school's calendar as the office has imported it."""

from sqlalchemy import select

from webapp.domain.calendar import Calendar, Span
from webapp.models import CalendarEntry, db

YEAR = "year"
HALF_TERM = "half-term"
CLOSURE = "closure"


def load_calendar() -> Calendar:
    """Years, half terms and closures, each in order of their first day."""
    entries = db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.start, CalendarEntry.id)).all()
    spans = {
        kind: tuple(Span(entry.name, entry.start, entry.end) for entry in entries if entry.kind == kind)
        for kind in (YEAR, HALF_TERM, CLOSURE)
    }
    return Calendar(years=spans[YEAR], half_terms=spans[HALF_TERM], closures=spans[CLOSURE])
