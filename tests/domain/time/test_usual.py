from datetime import date, timedelta
from itertools import pairwise

import pytest

from webapp.domain.time.calendar import Calendar
from webapp.domain.time.defaults import easter_sunday, half_terms, school_year


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_when_it_is(year: int, easter: date):
    assert easter_sunday(year) == easter


@pytest.mark.parametrize(
    ("today", "name", "start"),
    [
        (date(2026, 11, 24), "2026/27", date(2026, 9, 1)),
        (date(2026, 6, 30), "2025/26", date(2025, 9, 1)),
        (date(2026, 7, 1), "2026/27", date(2026, 9, 1)),
        (date(2029, 8, 1), "2029/30", date(2029, 9, 3)),
    ],
)
def test_the_school_year_is_the_one_to_prepare(today: date, name: str, start: date):
    assert school_year(today)[:2] == (name, start)


@pytest.mark.parametrize("first", range(2025, 2060))
def test_half_terms_are_weeks_of_school_between_five_holidays(first: int):
    year = school_year(date(first, 11, 1))
    terms = half_terms(year)
    assert terms[0].start == year.start
    assert terms[-1].end == year.end
    assert all(term.end.isoweekday() in (4, 5) and term.start.isoweekday() <= 5 for term in terms)
    assert all(3 <= (term.end - term.start).days // 7 <= 9 for term in terms)
    calendar = Calendar((year,), terms, ())
    for earlier, later in pairwise(terms):
        assert earlier.end < later.start
        assert not calendar.is_school_day(earlier.end + timedelta(days=4))
        assert calendar.is_school_day(later.start)
