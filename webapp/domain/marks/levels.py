"""From a week's mean to the reward level of the weeks after it (policy 4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from webapp.domain.marks.mean import Mean

NO_LEVEL: Final = "none"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """One reward level: the mean that earns it and the tuck items a day it brings."""

    key: str
    name: str
    threshold: Fraction
    tuck_items: int
    clause: str


@dataclass(frozen=True)
class LevelScale:
    """A school's levels, highest first, and how many school weeks a level looks back (D3)."""

    rules: tuple[LevelRule, ...]
    look_back: int

    def rank(self, key: str | None) -> int:
        """0 for no level (None or "none"), then 1 for the lowest; KeyError for a level not on the scale."""
        return self._ranks[key]

    def lower_of(self, a: str | None, b: str | None) -> str | None:
        """The lower of two levels; None when either is no level."""
        lower = min(a, b, key=self.rank)
        return lower if self.rank(lower) else None

    def tuck_items(self, key: str | None) -> int:
        """How many tuck shop items a day a level brings; none without a level (policy 4.1)."""
        return next((rule.tuck_items for rule in self.rules if rule.key == key), 0)

    @cached_property
    def _ranks(self) -> dict[str | None, int]:
        ranks: dict[str | None, int] = {None: 0, NO_LEVEL: 0}
        return ranks | {rule.key: rank for rank, rule in enumerate(reversed(self.rules), start=1)}


@dataclass(frozen=True, slots=True)
class WeekLevel:
    """The level of one student in one week, with everything that led to it."""

    week: str
    level: str | None
    earned: str | None
    cap: str | None
    mean: Mean
    from_week: str | None


def level_of_week(
    week: str, before: Sequence[str], means: Mapping[str, Mean], cap: str | None, scale: LevelScale
) -> WeekLevel:
    """The level of a week: what the latest of the weeks `before` it earned, within the cap (D3, D5).

    `before` holds the school weeks that may decide, latest first; `means` may lack weeks.
    """
    from_week = deciding_week(before, means)
    mean = _NOTHING if from_week is None else means[from_week]
    reached = earned(mean, scale)
    level = reached if cap is None else scale.lower_of(reached, cap)
    return WeekLevel(week, level, reached, cap, mean, from_week)


def deciding_week(candidates: Sequence[str], counted: Mapping[str, Mean]) -> str | None:
    """The first of the candidate weeks in which a mark counted (D3)."""
    return next((week for week in candidates if counted.get(week, _NOTHING).count), None)


def earned(mean: Mean, scale: LevelScale) -> str | None:
    """The highest level whose threshold the mean reaches (D2)."""
    return next((rule.key for rule in scale.rules if mean.at_least(rule.threshold)), None)


_NOTHING = Mean(0, 0)
