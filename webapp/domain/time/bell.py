"""Which bells ring for a year group on a day, and which of its periods a closure takes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from webapp.domain.time.spread import ALL_DAYS, ALL_YEARS
from webapp.domain.time.stretch import Stretch

LESSON, REGISTRATION, BREAK, LUNCH = "lesson", "registration", "break", "lunch"
KINDS: Final = (LESSON, REGISTRATION, BREAK, LUNCH)
TAUGHT: Final = frozenset({LESSON, REGISTRATION})
"""Kinds of periods in which a class can have a lesson."""

Rectangle = tuple[frozenset[int], frozenset[int]]
"""Some days, for some years."""

SESSIONS: Final = ("am", "pm")
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bell:
    """One period on some weekdays (1 is Monday) for some years, from a first to a last day; times are local `HH:MM`."""

    name: str
    starts: str
    ends: str
    kind: str = LESSON
    session: str | None = None
    days: frozenset[int] = ALL_DAYS
    years: frozenset[int] = ALL_YEARS
    first: date | None = None
    last: date | None = None

    @property
    def cells(self) -> Rectangle:
        return self.days, self.years

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.first, self.last)

    def is_in_force(self, day: date) -> bool:
        return self.stretch.holds(day)

    def meets(self, other: "Bell") -> bool:
        """Whether both hold for some year on some day."""
        if self.days.isdisjoint(other.days) or self.years.isdisjoint(other.years):
            return False
        return self.stretch.meets(other.stretch)

    def overlaps(self, other: "Bell") -> bool:
        """Whether somebody would be in both at once."""
        return self.meets(other) and self.starts < other.ends and other.starts < self.ends


def bells_on(bells: Iterable[Bell], day: date, year: int) -> tuple[Bell, ...]:
    """The bells of a year group on a day, in order."""
    weekday = day.isoweekday()
    found = [bell for bell in bells if weekday in bell.days and year in bell.years and bell.is_in_force(day)]
    return tuple(sorted(found, key=lambda bell: (bell.starts, bell.name)))


def besides(held: Rectangle, taken: Rectangle) -> Iterator[Rectangle]:
    """What is left of days and years once some are taken, in at most two parts."""
    days, years = held[0] - taken[0], held[1] - taken[1]
    if days:
        yield days, held[1]
    if years and held[0] & taken[0]:
        yield held[0] & taken[0], years


def left_of(held: Bell, new: Iterable[Bell], is_needed: Callable[[str, Rectangle], bool]) -> list[Rectangle]:
    """On which days and for which years a bell still rings beside new ones.

    It gives way to those of its own name, and where they overlap to those that are for some of its days or years alone,
    unless the timetable needs it there.
    """
    parts = [held.cells]
    for bell in new:
        if bell.name == held.name or (_is_part(bell, held) and not is_needed(held.name, bell.cells)):
            parts = [rest for part in parts for rest in besides(part, bell.cells)]
    return parts


def _is_part(bell: Bell, of: Bell) -> bool:
    is_within = bell.days <= of.days and bell.years <= of.years and bell.cells != of.cells
    return is_within and bell.overlaps(of)


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without school, the first from the period `since` on, the last until the end of the period `until`; for some
    years alone. None: the whole day."""

    name: str
    start: date
    end: date
    since: str | None = None
    until: str | None = None
    years: frozenset[int] = ALL_YEARS

    def whole_days(self) -> tuple[date, date] | None:
        """The first and the last of its days without any school, if it has such."""
        first = self.start if self.since is None else min(self.start, date.max - DAY) + DAY
        last = self.end if self.until is None else max(self.end, date.min + DAY) - DAY
        return (first, last) if self.years == ALL_YEARS and first <= last else None


def is_closed(closures: Iterable[Closure], bells: Sequence[Bell], day: date, year: int, bell: Bell) -> bool:
    """Whether a period of a day falls to one of the closures for a year. `bells` are all of the school's."""
    return any(
        closure.start <= day <= closure.end and year in closure.years and _takes(closure, bells, day, year, bell)
        for closure in closures
    )


def _takes(closure: Closure, bells: Sequence[Bell], day: date, year: int, bell: Bell) -> bool:
    if closure.since is not None and day == closure.start:
        since = _named(closure.since, bells, day, year)
        if since and bell.starts < since.starts:
            return False
    if closure.until is not None and day == closure.end:
        until = _named(closure.until, bells, day, year)
        if until and bell.starts >= until.ends:
            return False
    return True


def _named(name: str, bells: Sequence[Bell], day: date, year: int) -> Bell | None:
    """The period of this name on a day: that of the year, or another's where the year has none of this name."""
    weekday = day.isoweekday()
    there = [bell for bell in bells if bell.name == name and weekday in bell.days and bell.is_in_force(day)]
    own = [bell for bell in there if year in bell.years]
    return min(own or there, key=lambda bell: bell.starts, default=None)


def bell_of(
    bells: Sequence[Bell], closures: Sequence[Closure], day: date, period: str, years: Sequence[int]
) -> Bell | None:
    """When a class of some years, most of it first, has a period of a day; None if none has it, or all are closed."""
    for year in years:
        for bell in bells_on(bells, day, year):
            if bell.name == period and not is_closed(closures, bells, day, year, bell):
                return bell
    return None


def overlaps(bells: Collection[Bell]) -> Iterator[tuple[Bell, Bell]]:
    """Bells that ring while another's period is on for the same year and day, each with the earlier one."""
    ordered = sorted(bells, key=lambda bell: (bell.starts, bell.ends, bell.name))
    for n, bell in enumerate(ordered):
        yield from ((bell, other) for other in ordered[:n] if bell.overlaps(other))
