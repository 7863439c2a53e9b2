from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.part_time import Away, is_away

TUESDAY = date(2026, 3, 3)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def away(first: date = TUESDAY, last: date | None = None) -> list[Away]:
    return [Away(2, "1", first, last)]


def test_only_that_weekday_and_period_are_missed() -> None:
    assert is_away(away(), TUESDAY, "1")
    assert not is_away(away(), TUESDAY, "2")
    assert not is_away(away(), TUESDAY + timedelta(days=1), "1")


@given(DAYS, DAYS, DAYS)
def test_both_ends_belong_to_it(first: date, last: date, day: date) -> None:
    assert is_away(away(first, last), day, "1") == (day.isoweekday() == 2 and first <= day <= last)
    assert is_away(away(first), day, "1") == (day.isoweekday() == 2 and first <= day)
