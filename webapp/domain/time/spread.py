"""On which days of the week, and for which year groups, something holds: read, kept and said."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

ALL_DAYS: Final = frozenset(range(1, 8))
"""Monday is 1."""

ALL_YEARS: Final = frozenset(range(-2, 15))
"""From nursery on: -2 and -1 are nursery, 0 is reception."""

SCHOOL_DAYS: Final = frozenset(range(1, 6))

DAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_BETWEEN = re.compile(r"\s*(?:-|–|\bto\b)\s*")
_ALONG = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*|\s+")
_YEAR = re.compile(r"(?:nc |curriculum )?(?:years?|yrs?|y)? ?0?(\d{1,2})", re.ASCII)


@lru_cache
def members(text: str | None, everything: frozenset[int]) -> frozenset[int]:
    """The days or years of a column such as "1,2,3"; None is all of them."""
    return everything if text is None else frozenset(map(int, text.split(",")))


def column(found: Collection[int], everything: frozenset[int]) -> str | None:
    """Days or years as a column keeps them."""
    return None if set(found) == everything else ",".join(map(str, sorted(found)))


def read_day(word: str) -> int | None:
    """1 to 7 for `Mon`, `Monday`, `Mo` or `1` up to Sunday."""
    word = word.strip().strip(".").casefold()
    if len(word) == 1 and word.isascii() and word.isdecimal():
        return int(word) if int(word) in ALL_DAYS else None
    found = [number for number, name in enumerate(DAY_NAMES, start=1) if len(word) > 1 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def read_days(text: str) -> frozenset[int] | None:
    """`Mon-Thu`, `Fri`, `Mon, Wed` or `Sun-Thu`; None for anything else."""
    return _read(text, read_day, ALL_DAYS)


def read_years(text: str) -> frozenset[int] | None:
    """`7-9`, `Year 10, Year 11` or `Y7`; None for anything else."""
    return _read(re.sub(r"\b(years?|yrs?|y) +", r"\1", text.strip().casefold()), _read_year, ALL_YEARS)


def _read_year(word: str) -> int | None:
    if word in ("r", "reception"):
        return 0
    found = _YEAR.fullmatch(word)
    year = int(found[1]) if found else None
    return year if year in ALL_YEARS else None


def _read(text: str, read: Callable[[str], int | None], everything: frozenset[int]) -> frozenset[int] | None:
    words = _BETWEEN.sub("-", text.strip().casefold())
    found = [_between([read(end) for end in word.split("-")], everything) for word in _ALONG.split(words) if word]
    if not found or None in found:
        return None
    return frozenset().union(*(some for some in found if some))


def _between(ends: list[int | None], everything: frozenset[int]) -> frozenset[int] | None:
    """From one to another; days go round the end of the week."""
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2:
        return None
    if first <= last:
        return frozenset(range(first, last + 1))
    return frozenset(one for one in everything if one >= first or one <= last) if everything is ALL_DAYS else None


def days_words(days: Collection[int]) -> str:
    """ "Mon–Thu, Sat"."""
    return _words(days, lambda day: DAY_NAMES[day - 1][:3].title())


def years_words(years: Collection[int]) -> str:
    """ "7–9, 11"."""
    return _words(years, str)


def _words(found: Collection[int], name: Callable[[int], str]) -> str:
    return ", ".join(name(a) if a == b else f"{name(a)}–{name(b)}" for a, b in _runs(sorted(found)))


def _runs(ordered: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as first and last."""
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield numbers[0], numbers[-1]
