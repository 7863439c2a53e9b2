"""Stretches of days that may be open at either end, such as the time in which a student is in a class."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

Day = TypeVar("Day", str, date)

ONE = timedelta(days=1)


def covers(first: Day | None, last: Day | None, day: Day) -> bool:
    """Whether a day lies within a first and a last one, both included; None: for ever. Days may be ISO texts."""
    return (first is None or first <= day) and (last is None or day <= last)


class Stretch(NamedTuple):
    """A first and a last day, both included; None: for ever."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        return covers(self.first, self.last, day)

    def meets(self, other: "Stretch") -> bool:
        """Whether there is a day in both."""
        return not self.is_before(other) and not other.is_before(self)

    def is_before(self, other: "Stretch") -> bool:
        """Whether it is over when another begins."""
        return self.last is not None and other.first is not None and self.last < other.first

    def without(self, other: "Stretch") -> Iterator["Stretch"]:
        """What is left of it outside another: nothing, one stretch or two."""
        if not self.meets(other):
            yield self
            return
        if other.first is not None and (self.first is None or self.first < other.first):
            yield Stretch(self.first, other.first - ONE)
        if other.last is not None and (self.last is None or self.last > other.last):
            yield Stretch(other.last + ONE, self.last)

    def is_met_by(self, other: "Stretch") -> bool:
        """Whether another has begun by its end and goes on at least until the day before it."""
        begun = not self.is_before(other)
        return begun and (self.first is None or other.last is None or other.last >= self.first - ONE)


def earliest(days: Iterable[date | None]) -> date | None:
    """The first of some days; None: for ever."""
    found = list(days)
    return None if None in found else min(day for day in found if day)
