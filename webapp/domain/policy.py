"""Changes of a school's policy: from which week one may hold, and whose level it moves."""

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeVar

from webapp.domain.marks.levels import WeekLevel
from webapp.domain.refusal import Refusal

Key = TypeVar("Key")


def judge_first_week(week: str, this_week: str, school_weeks: Collection[str], last: str | None) -> Refusal | None:
    """Whether a change may hold from a week on: a school week that is not over, since what was given is never taken
    back (D4), and none before the first week of the `last` change, which would undo it there again."""
    if week < this_week:
        return Refusal(
            "week-over",
            "That week is over, and what it gave is never taken back (D4). Choose this week or a later one.",
        )
    if week not in school_weeks:
        return Refusal("no-such-week", "The calendar has no school in that week. Choose another one.")
    if last is not None and week < last:
        return Refusal(
            "no-such-week",
            "A change from a later week is adopted already. Withdraw it first, or choose that week or a later one.",
        )
    return None


class Moved(NamedTuple):
    """A level as it is, and as it would be."""

    now: WeekLevel
    then: WeekLevel


def moved(now: Mapping[Key, WeekLevel], then: Mapping[Key, WeekLevel]) -> dict[Key, Moved]:
    """The levels that would be others. What is only earned, and held back by a cap, moves no level (D5)."""
    return {key: Moved(now[key], then[key]) for key in now if now[key].level != then[key].level}


def held_back(now: Mapping[Key, WeekLevel], then: Mapping[Key, WeekLevel]) -> dict[Key, Moved]:
    """The levels that would be others if no cap held (D5)."""
    return {
        key: Moved(now[key], then[key])
        for key in now
        if now[key].level == then[key].level and now[key].earned != then[key].earned
    }
