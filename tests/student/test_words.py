"""What a card says: every sentence true, kind, and clear at eleven."""

from datetime import date

import pytest

from tests.domain.scales import SCALE
from webapp.domain.marks.mean import Mean
from webapp.domain.rewards.goal import Goal
from webapp.student import words

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("goal", "left", "said"),
    [
        (Goal(5, 2, 4), 6, "A 5 in 2 lessons and a 4 in the other 4 gets you to Heroic next week."),
        (Goal(5, 1, 4), 2, "A 5 in 1 lesson and a 4 in the other one gets you to Heroic next week."),
        (Goal(4, 0, 4), 6, "A 4 in each of the 6 lessons left gets you to Heroic next week."),
        (Goal(4, 0, 4), 1, "A 4 in the lesson that is left gets you to Heroic next week."),
        (Goal(1, 2, 0), 6, "A 1 in 2 of the 6 lessons left gets you to Heroic next week."),
        (Goal(0, 0, 0), 6, "You have it, whatever comes."),
        (Goal(0, 0, 0), 0, "You have it."),
        (None, 6, "Not this week. Next week starts fresh."),
    ],
)
def test_a_goal_in_words(goal: Goal | None, left: int, said: str):
    assert words.goal_words(goal, left, "Heroic", "next week") == said


def test_the_lower_level_comes_first():
    assert words.steps(Mean(40, 10), 5, SCALE.rules, "next week") == [
        ("Creative", "A 4 in each of the 5 lessons left gets you to Creative next week."),
        ("Heroic", "Not this week. Next week starts fresh."),
    ]


@pytest.mark.parametrize(
    ("mean", "said"),
    [(Mean(100, 20), "You have it, whatever comes."), (Mean(0, 20), "Not this week. Next week starts fresh.")],
)
def test_what_holds_for_both_levels_is_said_once(mean: Mean, said: str):
    assert words.steps(mean, 1, SCALE.rules, "next week") == [("Creative and Heroic", said)]


def test_before_a_holiday_the_goal_is_for_after_it():
    [(_, said), _] = words.steps(Mean(40, 10), 5, SCALE.rules, words.AFTER_HOLIDAY)
    assert said.endswith("gets you to Creative after the holiday.")


def test_marks_in_words_never_reproach():
    assert words.mark_words(5, "Heroic", left=False) == "Heroic"
    assert words.mark_words(0, "Did not achieve", left=False) == "The next lesson is a new start"
    assert words.mark_words("authorised", "Authorised absence", left=False) == "Authorised absence"
    assert words.mark_words(None, "", left=True) == "To come"
    assert words.mark_words(None, "", left=False) == "No mark yet"


def test_the_level_of_the_week():
    assert words.level_words("Heroic") == "You are Heroic this week"
    assert words.level_words("") == "A week for building up"


@pytest.mark.parametrize(
    ("left", "allowance", "is_school_day", "said"),
    [
        (2, 2, True, "Tuck shop: 2 items left today"),
        (1, 2, True, "Tuck shop: 1 item left today"),
        (0, 2, True, "Tuck shop: all taken for today"),
        (2, 2, False, "Tuck shop: 2 items a day"),
    ],
)
def test_the_tuck_shop(left: int, allowance: int, is_school_day: bool, said: str):
    assert words.tuck_words(left, allowance, is_school_day) == said


def test_the_room_and_the_options_period():
    assert words.room_words("Reward room", ("break", "lunch")) == "Reward room at break and lunch"
    assert words.option_words("Cooking") == "Options period: Cooking"
    assert words.option_words("") == "Options period: your choice, below"
    assert words.chosen_words("Cooking") == "Cooking it is, this week."
    assert words.chosen_words("") == "Taken back. You can choose again."


@pytest.mark.parametrize(
    ("cap", "name", "until", "said"),
    [
        ("creative", "Creative", FRIDAY, "Creative at most until Fri 6 March."),
        ("none", "", FRIDAY, "No level until Fri 6 March."),
        ("none", "", None, "No level until staff lift it."),
    ],
)
def test_a_limit_says_what_and_until_when(cap: str, name: str, until: date | None, said: str):
    assert words.limit_words(cap, name, until) == said


def test_a_holiday_says_when_school_starts_and_as_what():
    assert words.holiday_words(FRIDAY, "") == "School starts again on Friday 6 March."
    assert words.holiday_words(FRIDAY, "Heroic") == "School starts again on Friday 6 March. You start as Heroic."


@pytest.mark.parametrize(("names", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_a_list_in_words(names: list[str], said: str):
    assert words.listed(names) == said
