"""Which days a page speaks of when nobody says."""

from datetime import date

from webapp.domain.time.calendar import Calendar, Span
from webapp.office.parts.spans import current

YEAR = Span("2025/26", date(2025, 9, 1), date(2026, 7, 21))
AUTUMN = Span("Autumn 1", date(2025, 9, 1), date(2025, 10, 24))
SPRING = Span("Spring 2", date(2026, 2, 23), date(2026, 3, 27))
CALENDAR = Calendar((YEAR,), (AUTUMN, SPRING), ())


def test_it_is_the_half_term_that_runs():
    assert current(CALENDAR, date(2026, 3, 3)) == SPRING
    assert current(CALENDAR, date(2025, 9, 1)) == AUTUMN


def test_in_the_holidays_it_is_the_one_before():
    assert current(CALENDAR, date(2026, 4, 3)) == SPRING
    assert current(CALENDAR, date(2025, 10, 29)) == AUTUMN


def test_without_half_terms_it_is_the_school_year():
    assert current(Calendar((YEAR,), (), ()), date(2026, 3, 3)) == YEAR


def test_without_a_calendar_it_is_the_last_six_weeks():
    span = current(Calendar((), (), ()), date(2026, 3, 3))
    assert (span.start, span.end) == (date(2026, 1, 20), date(2026, 3, 3))
