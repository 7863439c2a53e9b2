from datetime import date

import pytest

from webapp.domain.retention import AGE, DAYS, YEARS, Term


@pytest.mark.parametrize(
    ("term", "today", "latest"),
    [
        (Term(30, DAYS), date(2026, 3, 3), date(2026, 2, 1)),
        (Term(7, YEARS), date(2026, 3, 3), date(2019, 3, 3)),
        (Term(1, YEARS), date(2024, 2, 29), date(2023, 2, 28)),
        (Term(4, YEARS), date(2024, 2, 29), date(2020, 2, 29)),
    ],
)
def test_time_counts_back_from_today(term: Term, today: date, latest: date):
    assert term.latest(today) == latest
    assert term.is_over(latest, 11, today)
    assert not term.is_over(date.fromordinal(latest.toordinal() + 1), 11, today)


@pytest.mark.parametrize(
    ("left", "year", "over"),
    [
        (date(2026, 7, 22), 11, date(2035, 9, 1)),  # turned 16 by August 2026, so 25 by August 2035
        (date(2026, 9, 1), 11, date(2035, 9, 1)),  # the last day on roll was in the school year before
        (date(2026, 9, 2), 11, date(2036, 9, 1)),
        (date(2026, 1, 10), 7, date(2039, 9, 1)),
    ],
)
def test_a_year_group_is_25_when_its_youngest_is(left: date, year: int, over: date):
    term = Term(25, AGE)
    assert term.is_over(left, year, over)
    assert not term.is_over(left, year, date.fromordinal(over.toordinal() - 1))


def test_a_term_is_said_in_words():
    assert Term(1, YEARS).words("the student leaves") == "1 year after the student leaves"
    assert Term(30, DAYS).words("the import") == "30 days after the import"
    assert Term(25, AGE).words("the student leaves") == "until the student is 25"
