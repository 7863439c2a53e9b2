"""How single cells are read. Each reader gets the text of a cell and returns None if it is not what it looks for."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from webapp.domain.text.text import clean

A_DATE = "a date such as 03/09/2026 or 2026-09-03"
A_TIME = "a time such as 09:05"
LAST_YEAR_GROUP = 14
LONGEST_UPN = 20  # letters; real ones have 13
LONGEST_GROUP = 60
A_NAME = 100  # of a person, a subject, a half term
SHORT = 40  # a date, a time, a number, one word of few

_UK_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00?:00(?::00)?)?", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?", re.ASCII)
_YEAR_GROUP = re.compile(r"(?:nc )?(?:year|yr|y)? ?0?(\d{1,2})", re.ASCII | re.IGNORECASE)


def read_text(text: str) -> str | None:
    return clean(text) or None


def read_code(text: str) -> str | None:
    """A word without spaces, such as a username."""
    code = clean(text)
    return None if " " in code else code or None


def read_upn(text: str) -> str | None:
    """A UPN in capitals, however a file writes it."""
    upn = read_code(text)
    return upn.upper() if upn and len(upn.upper()) <= LONGEST_UPN else None


def read_group(text: str) -> str | None:
    name = clean(text)
    return name if 0 < len(name) <= LONGEST_GROUP else None


@lru_cache  # a term of scores has few days and many lines
def read_date(text: str) -> date | None:
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = iso.groups()
    elif uk := _UK_DATE.fullmatch(text):
        day, month, year = uk.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_time(text: str) -> str | None:
    """A local time as `HH:MM`."""
    found = _TIME.fullmatch(text)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def read_year_group(text: str) -> int | None:
    """The number in `8`, `Year 8` or `Y8`."""
    found = _YEAR_GROUP.fullmatch(clean(text))
    return int(found[1]) if found and int(found[1]) <= LAST_YEAR_GROUP else None


def one_of(*words: str) -> Callable[[str], str | None]:
    """A reader for a fixed choice of words, whatever their case; `half term` is `half-term`."""

    def read(text: str) -> str | None:
        word = re.sub(r"[ _-]+", "-", clean(text).casefold())
        return word if word in words else None

    return read
