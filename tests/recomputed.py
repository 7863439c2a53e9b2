"""What a school's marks earn by its policy: worked out the long way round, sharing no code with the product.

Days are walked one by one, means are fractions of lists of numbers, ranks are counted, and what would reach a level
is found by trying.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from itertools import combinations_with_replacement
from typing import Any, NamedTuple

Days = tuple[date, date]
"""The first and the last day of a stretch."""
Levels = list[tuple[str, Fraction, int]]
"""The key, the least mean and the tuck items a day of each level, highest first."""
Slot = tuple[date, str, str]
"""A lesson: its day, period and group."""
Tie = tuple[set[int], set[int], int]
"""Who is sure of a place, who is tied for the last places, and how many of these there are."""


@dataclass(frozen=True)
class Limit:
    """No more than `cap`, a level or "none", from a day, until a day or until lifted (D5)."""

    cap: str
    start: date
    until: date | None
    lifted: date | None

    def holds(self, day: date) -> bool:
        return self.start <= day and not (self.until and self.until < day)

    def is_lifted(self, day: date) -> bool:
        return self.lifted is not None and self.lifted <= day


@dataclass(frozen=True)
class Away:
    """Not in school in a period of a weekday ("Mon"), from a day, until a day or for ever."""

    weekday: str
    period: str
    first: date
    last: date | None

    def hits(self, slot: Slot) -> bool:
        day, period, _ = slot
        if (day.strftime("%a"), period) != (self.weekday, self.period) or day < self.first:
            return False
        return not self.last or day <= self.last


@dataclass(frozen=True)
class Student:
    """`joined` is the first day at the school, if known, `left` the first day after. `marks` may be of lessons that
    another group had. `taken` and `wanted` are prices at the tuck shop today: of what the student has, and of what is
    asked for in turn, with whether it is taken back at once."""

    group: str
    joined: date | None
    away: list[Away]
    marks: dict[Slot, Any]
    limits: list[Limit]
    taken: list[int]
    wanted: list[tuple[int, bool]]
    left: date | None = None

    def is_there(self, day: date) -> bool:
        return not (self.joined and day < self.joined) and not (self.left and day >= self.left)

    @cached_property
    def numbers(self) -> dict[str, list[int]]:
        """The marks that count, by week (D1)."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for (day, _, _), mark in self.marks.items():
            if type(mark) is int:
                found[week(day)].append(mark)
        return found


@dataclass(frozen=True)
class School:
    """`timetable` has the periods of a group's weekday (1 is Monday); `later` has other levels, each by the
    week from which they hold."""

    seed: int
    year: Days
    half_terms: list[Days]
    closures: list[Days]
    timetable: dict[tuple[str, int], list[str]]
    levels: Levels
    places: int
    students: dict[int, Student]
    today: date
    later: list[tuple[str, Levels]] = field(default_factory=list)

    @cached_property
    def days(self) -> list[date]:
        """The days with school."""
        return [day for day in walk(*self.year) if day.weekday() < 5 and not self._is_off(day)]

    @cached_property
    def weeks(self) -> list[str]:
        """The weeks with school, in order."""
        return sorted({week(day) for day in self.days})

    def levels_in(self, name: str) -> Levels:
        """The levels that hold in a week."""
        found = self.levels
        for first, levels in self.later:
            if first <= name:
                found = levels
        return found

    def lessons(self, group: str, first: date, last: date) -> list[Slot]:
        """A group's lessons from one day to another."""
        days = [day for day in self.days if first <= day <= last]
        return [(day, period, group) for day in days for period in self.timetable[group, day.isoweekday()]]

    def own_lessons(self, student: Student, first: date, last: date) -> list[Slot]:
        """The group's lessons from one day to another, without those that are not the student's."""
        slots = self.lessons(student.group, first, last)
        if student.joined:
            slots = [slot for slot in slots if slot[0] >= student.joined]
        return [slot for slot in slots if not any(away.hits(slot) for away in student.away)]

    def _is_off(self, day: date) -> bool:
        if any(first <= day <= last for first, last in self.closures):
            return True
        if any(first <= day <= last for first, last in self.half_terms):
            return False
        before = [last for _, last in self.half_terms if last < day]
        after = [first for first, _ in self.half_terms if first > day]
        return bool(before and after) and min(after) - max(before) <= timedelta(days=29)


@cache
def week(day: date) -> str:
    return day.strftime("%G-W%V")


@cache
def days_of(name: str) -> list[date]:
    """Monday to Sunday of a week."""
    monday = date.fromisoformat(f"{name}-1")
    return walk(monday, monday + timedelta(days=6))


def walk(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


class Earned(NamedTuple):
    """The level that counts, and what led to it: the level earned, the limit, the week that decided and its numbers."""

    level: str | None
    reached: str | None
    limit: str | None
    week: str | None
    numbers: list[int]


def level(school: School, student: Student, name: str, days: Sequence[date]) -> Earned:
    """What counts on some days of a week: the lower of what was earned and what is allowed."""
    decided, numbers = deciding(school, student, name)
    reached, allowed = reached_by(school.levels_in(name), numbers), limit(school, student, days)
    best = [*(key for key, _, _ in school.levels), None]
    most = 0 if allowed is None else best.index(None if allowed == "none" else allowed)
    return Earned(best[max(best.index(reached), most)], reached, allowed, decided, numbers)


def deciding(school: School, student: Student, name: str) -> tuple[str | None, list[int]]:
    """The week that decides the level of a week, and what counts in it (D3)."""
    earlier = [other for other in school.weeks if other < name]
    for other in reversed(earlier[-2:]):
        if student.numbers.get(other):
            return other, student.numbers[other]
    return None, []


def reached_by(levels: Levels, numbers: Sequence[int]) -> str | None:
    """The best level that numbers reach (D2)."""
    mean = Fraction(sum(numbers), len(numbers)) if numbers else -1
    return next((key for key, least, _ in levels if mean >= least), None)


def limit(school: School, student: Student, days: Sequence[date]) -> str | None:
    """The strictest limit on any of these days, leaving out what was lifted by the last of them (D5)."""
    caps = {one.cap for one in student.limits if any(map(one.holds, days)) and not one.is_lifted(days[-1])}
    return next((cap for cap in ["none", *(key for key, _, _ in reversed(school.levels))] if cap in caps), None)


def allowance(school: School, student: Student, day: date) -> int:
    """How many tuck shop items a day brings; none in the holidays."""
    on_day = level(school, student, week(day), [day]).level if week(day) in school.weeks else None
    return sum(items for key, _, items in school.levels_in(week(day)) if key == on_day)


def moved(school: School, levels: Levels, first: str) -> set[tuple[str, int, str | None, str | None]]:
    """Whose level would be another if other levels held from a week on: the week, the student, and both levels."""
    other = replace(school, later=[*school.later, (first, levels)])
    found = set()
    for name in school.weeks:
        for number, student in school.students.items():
            now, then = (level(one, student, name, days_of(name)).level for one in (school, other))
            if now != then and any(map(student.is_there, days_of(name))):
                found.add((name, number, now, then))
    return found


def served(tray: int, student: Student) -> tuple[list[bool], int]:
    """Which of the things wanted the student gets, and what is left: counters are put on a tray and taken off it."""
    counters = ["counter"] * tray
    del counters[: sum(student.taken)]
    gets = []
    for price, back in student.wanted:
        gets.append(counters[:price] == ["counter"] * price)
        if gets[-1] and not back:
            del counters[:price]
    return gets, len(counters)


def trip(school: School, half_term: Days) -> Tie:
    """Who goes on the trip by all marks up to today (D6)."""
    first, last = half_term[0], min(half_term[1], school.today)
    means = {}
    for number, student in school.students.items():
        marks = {slot: mark for slot, mark in student.marks.items() if first <= slot[0] <= last and type(mark) is int}
        marked = {(day, period) for day, period, _ in marks}
        own = [(day, period) in marked for day, period, _ in school.own_lessons(student, first, last)]
        if student.joined and student.joined > last:
            continue
        if marks and own.count(True) >= own.count(False):
            means[number] = Fraction(sum(marks.values()), len(marks))
    return best_of(means, school.places)


def best_of(means: dict[int, Fraction], places: int) -> Tie:
    """Who has a place however ties are broken, and who has one only by how they are."""
    going, tied = set(), set()
    for number, mean in means.items():
        ahead = len([other for other in means.values() if other > mean])
        not_behind = len([other for other in means.values() if other >= mean])
        if not_behind <= places:
            going.add(number)
        elif ahead < places:
            tied.add(number)
    return going, tied, places - len(going) if tied else 0


def marks_to(numbers: Sequence[int], left: int, least: Fraction) -> list[int] | None:
    """Of all marks that so many lessons could bring, the fewest points that reach a mean, as even as possible."""
    ways = [
        marks
        for marks in combinations_with_replacement(range(6), left)
        if numbers or marks
        if Fraction(sum(numbers) + sum(marks), len(numbers) + left) >= least
    ]
    return sorted(min(ways, key=lambda marks: (sum(marks), _unevenness(marks)))) if ways else None


def _unevenness(marks: Iterable[int]) -> int:
    return sum(mark * mark for mark in marks)
