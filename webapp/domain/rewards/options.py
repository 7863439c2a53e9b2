"""Whether a student can have a choice for the options period of a week (policy 4.1)."""

from collections.abc import Collection
from datetime import date
from typing import Final, Protocol

from webapp.domain.refusal import Refusal
from webapp.domain.time.calendar import sunday_of

NO_CHOICE: Final = Refusal("no-such-choice", "There is no such choice for the options period.")
NOT_ENTITLED: Final = Refusal("not-entitled", "This choice goes with another level.")
FULL: Final = Refusal("full", "This choice is full. Another one may have room.")
WEEK_OVER: Final = Refusal("week-over", "That week is over.")


class Choice(Protocol):
    """One choice: how many it takes, and the levels it is open to."""

    @property
    def capacity(self) -> int: ...

    @property
    def levels(self) -> Collection[str]: ...


def judge_week(week: str, day: date) -> Refusal | None:
    """Why nothing can be chosen or taken back any more for a week, if so."""
    return WEEK_OVER if day > sunday_of(week) else None


def judge_choice(choice: Choice | None, level: str | None, taken: int) -> Refusal | None:
    """Why a student with a level cannot have a choice, if so. `taken` are the places that others hold."""
    if choice is None:
        return NO_CHOICE
    if level not in choice.levels:
        return NOT_ENTITLED
    return FULL if taken >= choice.capacity else None
