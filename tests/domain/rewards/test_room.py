import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.rewards.room import Answer, judge_door

LEVELS = [None, "creative", "heroic"]


def door(level: str | None = "heroic", *, is_open: bool = True, is_inside: bool = False, inside: int = 3) -> Answer:
    return judge_door(level, ("heroic",), is_open=is_open, is_inside=is_inside, inside=inside, capacity=12)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (door(), "welcome"),
        (door(inside=11), "welcome"),
        (door(inside=12), "full"),
        (door(inside=13), "full"),
        (door("creative"), "not-now"),
        (door(None), "not-now"),
        (door("creative", inside=12), "not-now"),
        (door(is_open=False), "closed"),
        (door("creative", is_open=False), "closed"),
        (door(is_inside=True, inside=12), "inside"),
        (door("creative", is_inside=True), "inside"),
        (door(is_open=False, is_inside=True), "inside"),
    ],
)
def test_the_door_answers(answer: Answer, word: str) -> None:
    assert answer == word


@given(st.sampled_from(LEVELS), st.booleans(), st.booleans(), st.integers(0, 20))
def test_only_who_has_the_level_is_welcome_or_told_it_is_full(
    level: str | None, is_open: bool, is_inside: bool, inside: int
) -> None:
    answer = door(level, is_open=is_open, is_inside=is_inside, inside=inside)
    if answer in (Answer.WELCOME, Answer.FULL):
        assert (level, is_open, is_inside) == ("heroic", True, False)
        assert (answer == Answer.FULL) == (inside >= 12)


@given(st.booleans(), st.integers(0, 20))
def test_the_closed_door_answers_everybody_alike(is_inside: bool, inside: int) -> None:
    assert len({door(level, is_open=False, is_inside=is_inside, inside=inside) for level in LEVELS}) == 1
