"""How staff say days, lessons and ages. English whatever the server's locale."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from webapp.domain.time.calendar import monday_of
from webapp.domain.time.moment import as_utc

LONDON: Final = ZoneInfo("Europe/London")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def day_words(day: date) -> str:
    """A day in short: "Tue 3 March"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {_day_and_month(day)}"


def day_and_year(day: date) -> str:
    """A day with its year: "Tue 3 March 2026"."""
    return f"{day_words(day)} {day.year}"


def short_day_words(day: date) -> str:
    """A day where there is little room: "3 Mar"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def day_words_long(day: date) -> str:
    """A day in full: "Tuesday 3 March"."""
    return f"{WEEKDAYS[day.weekday()]} {_day_and_month(day)}"


def clock_words(moment: datetime) -> str:
    """The time on the school's wall clock: "10:05" (D7). Without a time zone the moment counts as UTC."""
    local = as_utc(moment).astimezone(LONDON)
    return f"{local.hour:02}:{local.minute:02}"


def lesson_words(day: date, period: int | str) -> str:
    """When a lesson is: "Tue 3 March, period 2"."""
    return f"{day_words(day)}, period {period}"


def week_words(week: str) -> str:
    """A week by its Monday: "week of 9 March"."""
    return f"week of {_day_and_month(monday_of(week))}"


def week_heading(week: str) -> str:
    """A week as a heading or a choice says it: "Week of 9 March"."""
    return f"Week of {_day_and_month(monday_of(week))}"


def age_words(seconds: int) -> str:
    """How long something has waited: "just now", "4 min", "2 h", "3 days"."""
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h"
    return count_words(seconds // _DAY, "day", "days")


def count_words(count: int, singular: str, plural: str) -> str:
    """A number with its noun: "1 lesson", "2 lessons"."""
    return f"{count} {singular if count == 1 else plural}"


def decimal_words(number: Fraction) -> str:
    """A threshold as the policy writes it: "4.6", "4.0", "4.625"."""
    thousandths = number.numerator * 1000 // number.denominator
    digits = f"{thousandths % 1000:03}"
    return f"{thousandths // 1000}.{digits[0]}{digits[1:].rstrip('0')}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in a row: "break", "break and lunch", "oats, nuts and milk"; "" for none."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _day_and_month(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"
