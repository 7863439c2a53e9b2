from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.mean import Mean
from webapp.domain.rewards.goal import Goal, to_reach

CREATIVE, HEROIC = Fraction(4), Fraction("4.6")
MEANS = st.integers(0, 30).flatmap(lambda count: st.builds(Mean, st.integers(0, 5 * count), st.just(count)))
THRESHOLDS = st.builds(Fraction, st.integers(1, 500), st.just(100))
LEFT = st.integers(0, 30)


def points(goal: Goal, left: int) -> int:
    return goal.high * goal.times + goal.rest * (left - goal.times)


@pytest.mark.parametrize(
    ("mean", "left", "threshold", "goal"),
    [
        (Mean(0, 0), 25, CREATIVE, Goal(4, 0, 4)),
        (Mean(0, 0), 25, HEROIC, Goal(5, 15, 4)),
        (Mean(80, 20), 5, HEROIC, None),
        (Mean(90, 20), 5, HEROIC, Goal(5, 0, 5)),
        (Mean(91, 20), 5, HEROIC, Goal(5, 4, 4)),
        (Mean(100, 20), 5, CREATIVE, Goal(0, 0, 0)),
        (Mean(99, 20), 5, CREATIVE, Goal(1, 1, 0)),
    ],
)
def test_the_most_even_marks_that_reach_a_level(mean: Mean, left: int, threshold: Fraction, goal: Goal | None) -> None:
    assert to_reach(mean, left, threshold) == goal


def test_without_lessons_left_a_level_is_reached_or_not() -> None:
    goal = to_reach(Mean(23, 5), 0, HEROIC)
    assert goal is not None
    assert goal.there
    assert to_reach(Mean(22, 5), 0, HEROIC) is None


def test_without_marks_or_lessons_nothing_is_reached() -> None:
    assert to_reach(Mean(0, 0), 0, CREATIVE) is None


@given(MEANS, LEFT, THRESHOLDS)
def test_a_goal_reaches_the_level(mean: Mean, left: int, threshold: Fraction) -> None:
    goal = to_reach(mean, left, threshold)
    if goal:
        assert Mean(mean.sum + points(goal, left), mean.count + left).at_least(threshold)
        assert goal.there == (points(goal, left) == 0)


@given(MEANS, LEFT, THRESHOLDS)
def test_a_point_less_would_not_do(mean: Mean, left: int, threshold: Fraction) -> None:
    goal = to_reach(mean, left, threshold)
    enough = 5 * left + 1 if goal is None else points(goal, left)
    if enough > 0:
        assert not Mean(mean.sum + enough - 1, mean.count + left).at_least(threshold)


@given(MEANS, LEFT, THRESHOLDS)
def test_a_goal_asks_for_marks_that_can_be_given_and_are_as_even_as_can_be(
    mean: Mean, left: int, threshold: Fraction
) -> None:
    goal = to_reach(mean, left, threshold)
    if goal:
        assert 0 <= goal.rest <= goal.high <= 5
        assert goal.high - goal.rest == (goal.times > 0)
        assert 0 <= goal.times < max(left, 1)


@given(MEANS, LEFT)
def test_the_higher_level_never_asks_for_less(mean: Mean, left: int) -> None:
    creative, heroic = to_reach(mean, left, CREATIVE), to_reach(mean, left, HEROIC)
    if heroic:
        assert creative is not None
        assert points(creative, left) <= points(heroic, left)
