from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.refusal import Refusal
from webapp.domain.rewards.tuck import NOT_HERE, OVER_ALLOWANCE, TOO_LATE, judge_sale, judge_void, left_of

SOLD = datetime(2026, 3, 3, 10, 40, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)
ITEMS = st.integers(0, 6)


@pytest.mark.parametrize(("allowance", "taken", "left"), [(0, 0, 0), (1, 0, 1), (2, 1, 1), (2, 2, 0), (1, 2, 0)])
def test_what_is_left_is_never_less_than_nothing(allowance: int, taken: int, left: int) -> None:
    assert left_of(allowance, taken) == left


@pytest.mark.parametrize(
    ("price", "taken", "allowance", "refusal"),
    [
        (1, 0, 0, OVER_ALLOWANCE),
        (1, 0, 1, None),
        (1, 1, 1, OVER_ALLOWANCE),
        (2, 0, 2, None),
        (2, 1, 2, OVER_ALLOWANCE),
        (1, 2, 1, OVER_ALLOWANCE),
    ],
)
def test_a_sale_needs_its_price_to_be_left(price: int, taken: int, allowance: int, refusal: Refusal | None) -> None:
    assert judge_sale(price, taken, allowance) == refusal


@given(st.lists(st.integers(1, 3), max_size=12), ITEMS)
def test_nobody_takes_more_than_a_days_allowance(prices: list[int], allowance: int) -> None:
    taken = 0
    for price in prices:
        left = left_of(allowance, taken)
        if judge_sale(price, taken, allowance) is None:
            taken += price
            assert left_of(allowance, taken) == left - price
    assert taken <= allowance


@pytest.mark.parametrize(
    ("here", "always", "late", "refusal"),
    [
        (True, False, timedelta(0), None),
        (True, False, FIVE_MINUTES, None),
        (True, False, FIVE_MINUTES + timedelta(seconds=1), TOO_LATE),
        (False, False, timedelta(0), NOT_HERE),
        (True, True, timedelta(days=3), None),
        (False, True, timedelta(days=3), None),
    ],
)
def test_who_takes_a_sale_back_until_when(here: bool, always: bool, late: timedelta, refusal: Refusal | None) -> None:
    assert judge_void(SOLD, SOLD + late, FIVE_MINUTES, here=here, always=always) == refusal
