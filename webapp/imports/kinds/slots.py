"""When a line of a timetable is: a week, a day and a period, in columns of their own or as one such as `1Mon:3`."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from webapp.domain.text.text import clean
from webapp.domain.time.spread import DAY_NAMES, SCHOOL_DAYS, read_day
from webapp.domain.time.weeks import LETTERS

DAYS_NAMED: Final = "Mon, Tue, Wed, Thu, Fri, Sat or Sun, or 1 to 5 for Monday to Friday"

_WEEK = re.compile(r"(?:week|wk)? ?([12ab])", re.ASCII | re.IGNORECASE)
_DAY = re.compile(
    r"(?:(?:week |wk )?([12ab]) ?)?([a-z]{3,9}\.?|[1-5])(?: ?\(?(?:week |wk )?([12ab])\)?)?", re.ASCII | re.IGNORECASE
)
_WITH_DAY = re.compile(r"([^:]+?) ?: ?(.+)", re.ASCII)


class DayOfWeek(NamedTuple):
    """A weekday (1 is Monday), in weeks of this letter or in all."""

    week: str | None
    weekday: int

    def __str__(self) -> str:
        name = DAY_NAMES[self.weekday - 1].title()
        return f"{name}, week {self.week}" if self.week else name


class PeriodOfDay(NamedTuple):
    """A period as it is written, and the day that stands before its name, if one does."""

    text: str
    day: DayOfWeek | None
    name: str

    def __str__(self) -> str:
        return f"{self.day}: {self.name}" if self.day else self.text


def read_week(text: str) -> str | None:
    """A or B for `A`, `b`, `1`, `Week 2`."""
    found = _WEEK.fullmatch(clean(text))
    return _letter(found[1]) if found else None


def read_day_of_week(text: str) -> DayOfWeek | None:
    """`Mon`, `Monday`, `1` to `5`, or with a week `1Mon`, `MonA`, `Mon B`.

    `6` could be Saturday, or the first day of the second of two weeks, so it is neither.
    """
    found = _DAY.fullmatch(clean(text))
    if not found or (found[1] and found[3]):
        return None
    weekday = read_day(found[2])
    if weekday is None or (found[2].isdecimal() and weekday not in SCHOOL_DAYS):
        return None
    letter = found[1] or found[3]
    return DayOfWeek(_letter(letter) if letter else None, weekday)


def read_period(text: str) -> PeriodOfDay | None:
    """`3`, `am`, or with a day `Mon:3`, `1Mon:3`, `MonA:1`."""
    text = clean(text)
    found = _WITH_DAY.fullmatch(text)
    day = read_day_of_week(found[1]) if found else None
    if not text:
        return None
    return PeriodOfDay(text, day, found[2]) if found and day else PeriodOfDay(text, None, text)


def _letter(word: str) -> str:
    return LETTERS[word.casefold() not in "1a"]


class When(NamedTuple):
    """When a line is; `clash` names the column that says something else than another."""

    week: str | None
    weekday: int | None
    period: str
    clash: str | None = None


def when_of(values: Mapping[str, object]) -> When:
    """What the columns `week`, `day` and `period` of a line say together."""
    period, day, week = values["period"], values.get("day"), values.get("week")
    assert isinstance(period, PeriodOfDay)
    days = [one for one in (day, period.day) if isinstance(one, DayOfWeek)]
    weeks = {one.week for one in days if one.week} | ({str(week)} if week else set())
    differ = len(weeks) > 1 or len({one.weekday for one in days}) > 1
    clash = ("week" if week and len(weeks) > 1 else "period") if differ else None
    name = period.name if period.day else period.text
    return When(min(weeks, default=None), days[0].weekday if days else None, name, clash)
