"""School days and school weeks. A week is written as ISO weeks are: "2026-W11"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from webapp.domain.time.bell import Closure
from webapp.domain.time.spread import SCHOOL_DAYS
from webapp.domain.time.weeks import WeekMark, letter_of

LONGEST_HOLIDAY: Final = 28
FRIDAY: Final = 5

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


def parse_day(text: object) -> date | None:
    """The day a text such as "2026-03-03" names, or None for anything else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def week_of(day: date) -> str:
    """The ISO week a day falls in."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def monday_of(week: str) -> date:
    """The first day of a week; ValueError if there is no such week."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def sunday_of(week: str) -> date:
    """The last day of a week; ValueError if there is no such week."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 7)


def is_week(text: object) -> bool:
    """Whether a text names a week that exists: "2026-W53" does, "2025-W53" does not."""
    if not isinstance(text, str) or not _WEEK.fullmatch(text):
        return False
    try:
        sunday_of(text)
    except ValueError:
        return False
    return True


class Span(NamedTuple):
    """A named stretch of days, both ends included; of a year, the weekdays that have lessons (1 is Monday)."""

    name: str
    start: date
    end: date
    days: frozenset[int] = SCHOOL_DAYS

    def holds(self, day: date) -> bool:
        """Whether a day lies within the span."""
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Calendar:
    """A school's years, half terms and closures, as far as the office has entered them, in order.

    `closures` are days without any school, `partly` closures of part of a day or for some years; `marks` say which
    weeks are A and which B.
    """

    years: tuple[Span, ...]
    half_terms: tuple[Span, ...]
    closures: tuple[Span, ...]
    partly: tuple[Closure, ...] = ()
    marks: tuple[WeekMark, ...] = ()

    def is_school_day(self, day: date) -> bool:
        """Whether lessons can take place: a day of a school year that has lessons, outside closures and holidays."""
        return (
            any(year.holds(day) and day.isoweekday() in year.days for year in self.years)
            and not _any_holds(self.closures, day)
            and not _any_holds(self._holidays, day)
        )

    def school_days(self, first: date, last: date) -> list[date]:
        """The school days from first to last, both included."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.is_school_day(day)]

    def school_weeks(self) -> tuple[str, ...]:
        """The weeks with at least one school day, in order."""
        return self._school_weeks

    def weeks_before(self, week: str, count: int) -> tuple[str, ...]:
        """The latest `count` school weeks before a week, latest first; the week need not be one itself."""
        end = bisect_left(self._school_weeks, week)
        return self._school_weeks[max(0, end - count) : end][::-1]

    def weeks_after(self, week: str, count: int) -> tuple[str, ...]:
        """The nearest `count` school weeks after a week, nearest first; the week need not be one itself."""
        start = bisect_right(self._school_weeks, week)
        return self._school_weeks[start : start + count]

    def letter_on(self, day: date) -> str | None:
        """Whether a day is in a week "A" or "B"; None in a school that does not tell them apart."""
        return letter_of(week_of(day), self.marks, self._school_weeks)

    def half_term_of(self, day: date) -> Span | None:
        """The half term a day falls in, if any."""
        return next((span for span in self.half_terms if span.holds(day)), None)

    @cached_property
    def _school_weeks(self) -> tuple[str, ...]:
        days = (day for year in self.years for day in self.school_days(year.start, year.end))
        return tuple(sorted({week_of(day) for day in days}))

    @cached_property
    def _holidays(self) -> tuple[Span, ...]:
        """The gaps between half terms. A long gap is a calendar not filled in yet, and its days count."""
        half_terms = sorted(self.half_terms, key=lambda span: span.start)
        # Half terms of different key stages may overlap: a holiday begins when the last of them has ended.
        ends = accumulate((span.end for span in half_terms), max)
        holidays = []
        for end, following in zip(ends, half_terms[1:], strict=False):
            if 1 <= (following.start - end).days - 1 <= LONGEST_HOLIDAY:
                holidays.append(Span("holiday", end + timedelta(days=1), following.start - timedelta(days=1)))
        return tuple(holidays)


def _any_holds(spans: Iterable[Span], day: date) -> bool:
    return any(span.holds(day) for span in spans)
