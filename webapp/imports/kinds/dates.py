"""Dates as Excel, SIMS, Arbor, Bromcom and people write them."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from webapp.domain.text.text import clean
from webapp.domain.text.words import LONDON, WEEKDAYS

A_DATE: Final = "a date such as 03/09/2026 or 2026-09-03"
EARLIEST_OF_2000S: Final = 70
"""A year of two digits from here on is one of the 1900s: nobody at school was born before 1970, and no file speaks of
days after 2069."""

_EPOCH: Final = date(1899, 12, 30)
"""The day that Excel counts from, as it counts since March 1900."""

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_YEAR = r"(?P<year>\d{4}|\d{2})"
_MONTH = r"(?P<word>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?: ?[ap]m)?"
_FORMS: Final = tuple(
    re.compile(rf"(?:(?P<weekday>[a-z]{{3,9}})[.,]? )?{form}(?:,? {_CLOCK})?", re.ASCII)
    for form in (
        rf"(?P<day>\d{{1,2}})(?P<joint>[/.-])(?P<month>\d{{1,2}})(?P=joint){_YEAR}",
        rf"{_DAY}[-/ ]?(?:of )?{_MONTH}(?:[-/]|,? )?{_YEAR}",
        rf"{_MONTH} {_DAY},? (?P<year>\d{{4}})",
        r"(?P<year>\d{4})(?P<joint>[/-])(?P<month>\d{2})(?P=joint)(?P<day>\d{2})",
    )
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})? ?(z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d{1,15})?", re.ASCII)
_LAST_SERIAL: Final = 73_050  # the end of 2099


@lru_cache  # a term of scores has few days and many lines
def read_date(text: str) -> date | None:
    """The day a cell names, the day before the month; None for what is none, or may be another one."""
    word = clean(text).casefold()
    try:
        return _moment(word) or _serial(word) or _written(word)
    except (ValueError, OverflowError):  # the 31st of February
        return None


def _moment(word: str) -> date | None:
    """The day of an ISO time; with an offset from UTC, the day it is then at school."""
    found = _MOMENT.fullmatch(word)
    if found is None:
        return None
    day, clock, offset = found.groups()
    moment = datetime.fromisoformat(f"{day} {clock}{(offset or '').upper()}")
    return moment.astimezone(LONDON).date() if offset else moment.date()


def _serial(word: str) -> date | None:
    """The day that Excel holds as a number, where a file was written without saying that it is a day."""
    found = _SERIAL.fullmatch(word)
    days = int(found[1]) if found else 0
    return _EPOCH + timedelta(days) if 10_000 <= days <= _LAST_SERIAL else None


def _written(word: str) -> date | None:
    found = next(filter(None, (form.fullmatch(word) for form in (*_FORMS, _COMPACT))), None)
    if found is None:
        return None
    parts = found.groupdict()
    month = int(parts["month"]) if "month" in parts else _month(parts["word"])
    day = date(_year(parts["year"]), month, int(parts["day"]))
    return day if _agrees(parts.get("weekday"), day) else None


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (1900 if number >= EARLIEST_OF_2000S else 2000)


def _month(word: str) -> int:
    """1 to 12 for `Sep`, `Sept` or `September`; 0 for what is no month."""
    return next((number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word)), 0)


def _agrees(word: str | None, day: date) -> bool:
    """Whether a day is the weekday that stands before it, if one does."""
    return word is None or WEEKDAYS[day.weekday()].casefold().startswith(word)
