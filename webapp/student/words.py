"""What a card says, in words for an eleven-year-old: what is, and what comes next, never a reproach."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from webapp.domain.marks.levels import NO_LEVEL, LevelRule
from webapp.domain.marks.marks import Mark
from webapp.domain.marks.mean import Mean
from webapp.domain.rewards.goal import Goal, to_reach
from webapp.domain.text.words import count_words, day_words, day_words_long

NEXT_WEEK = "next week"
AFTER_HOLIDAY = "after the holiday"
NOT_NOW = "Not this week. Next week starts fresh."


class Step(NamedTuple):
    """Levels that the same words hold for."""

    levels: str
    words: str


def steps(mean: Mean, left: int, rules: Iterable[LevelRule], when: str) -> list[Step]:
    """What would get a student to each level with the lessons left, the lowest level first (policy 4.1)."""
    said = [
        (goal_words(to_reach(mean, left, rule.threshold), left, rule.name, when), rule.name)
        for rule in reversed(tuple(rules))
    ]
    return [Step(listed([name for _, name in same]), words) for words, same in groupby(said, lambda pair: pair[0])]


def goal_words(goal: Goal | None, left: int, level: str, when: str) -> str:
    """The marks that reach a level: "A 5 in 2 lessons and a 4 in the other 4 gets you to Heroic next week."."""
    if goal is None:
        return NOT_NOW
    if goal.there:
        return "You have it, whatever comes." if left else "You have it."
    return f"{_marks(goal, left)} gets you to {level} {when}."


def _marks(goal: Goal, left: int) -> str:
    if left == 1:
        return f"A {goal.high} in the lesson that is left"
    if not goal.times:
        return f"A {goal.high} in each of the {left} lessons left"
    if not goal.rest:
        return f"A {goal.high} in {goal.times} of the {left} lessons left"
    others = left - goal.times
    return (
        f"A {goal.high} in {count_words(goal.times, 'lesson', 'lessons')}"
        f" and a {goal.rest} in the other {'one' if others == 1 else others}"
    )


def mark_words(mark: Mark, name: str, left: bool) -> str:
    """What a mark means. Nothing achieved is said by the number alone; the words look ahead."""
    if mark is None:
        return "To come" if left else "No mark yet"
    return "The next lesson is a new start" if mark == 0 else name


def level_words(name: str) -> str:
    return f"You are {name} this week" if name else "A week for building up"


def tuck_words(left: int, allowance: int, is_school_day: bool) -> str:
    """What is left at the tuck shop; on other days, what a day brings."""
    if not is_school_day:
        return f"Tuck shop: {count_words(allowance, 'item', 'items')} a day"
    return f"Tuck shop: {count_words(left, 'item', 'items')} left today" if left else "Tuck shop: all taken for today"


def room_words(name: str, windows: Sequence[str]) -> str:
    return f"{name} at {listed(windows)}"


def option_words(chosen: str) -> str:
    return f"Options period: {chosen}" if chosen else "Options period: your choice, below"


def chosen_words(name: str) -> str:
    """What is said once a choice is made or, without a name, taken back."""
    return f"{name} it is, this week." if name else "Taken back. You can choose again."


def limit_words(cap: str, name: str, until: date | None) -> str:
    """What holds and how long, never why (D5)."""
    what = "No level" if cap == NO_LEVEL else f"{name} at most"
    return f"{what} until {day_words(until) if until else 'staff lift it'}."


def holiday_words(until: date, level: str) -> str:
    back = f"School starts again on {day_words_long(until)}."
    return f"{back} You start as {level}." if level else back


def listed(words: Sequence[str]) -> str:
    """ "break, lunch and tea"; at least one word."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
