from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.refusal import Refusal
from webapp.domain.rewards.options import FULL, NO_CHOICE, NOT_ENTITLED, WEEK_OVER, judge_choice, judge_week


@dataclass(frozen=True)
class Offer:
    capacity: int
    levels: tuple[str, ...]


COOKING = Offer(8, ("creative", "heroic"))
REWARD_ROOM = Offer(12, ("heroic",))


@pytest.mark.parametrize(
    ("choice", "level", "taken", "refusal"),
    [
        (COOKING, "creative", 7, None),
        (COOKING, "heroic", 0, None),
        (COOKING, "creative", 8, FULL),
        (COOKING, "creative", 9, FULL),
        (COOKING, None, 0, NOT_ENTITLED),
        (REWARD_ROOM, "creative", 0, NOT_ENTITLED),
        (REWARD_ROOM, "heroic", 11, None),
        (None, "heroic", 0, NO_CHOICE),
    ],
)
def test_a_choice_needs_its_level_and_a_place(
    choice: Offer | None, level: str | None, taken: int, refusal: Refusal | None
) -> None:
    assert judge_choice(choice, level, taken) == refusal


@given(st.lists(st.sampled_from([None, "creative", "heroic"]), max_size=30), st.integers(1, 8))
def test_no_more_choose_it_than_it_takes(levels: list[str | None], capacity: int) -> None:
    taken = 0
    for level in levels:
        taken += judge_choice(Offer(capacity, ("creative", "heroic")), level, taken) is None
    assert taken == min(capacity, sum(level is not None for level in levels))


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2026, 2, 20), None),
        (date(2026, 3, 2), None),
        (date(2026, 3, 8), None),
        (date(2026, 3, 9), WEEK_OVER),
    ],
)
def test_a_week_can_be_chosen_for_until_it_is_over(day: date, refusal: Refusal | None) -> None:
    assert judge_week("2026-W10", day) == refusal
