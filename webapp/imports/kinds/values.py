"""How single cells are read. Each reader gets the text of a cell and returns None if it is not what it looks for."""

import re
from collections.abc import Callable

from webapp.domain.text.text import clean
from webapp.domain.time.years import RECEPTION
from webapp.imports.kinds.dates import A_DATE as A_DATE  # cells are read by one module, whatever they hold
from webapp.imports.kinds.dates import read_date as read_date

A_TIME = "a time such as 09:05"
LAST_YEAR_GROUP = 14
LONGEST_UPN = 20  # letters; real ones have 13
LONGEST_GROUP = 60
A_NAME = 100  # of a person, a subject, a half term
SHORT = 40  # a date, a time, a number, one word of few

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?", re.ASCII)
_CURRICULUM = r"(?:(?:(?:national )?curriculum|nc|school) )?"
_YEAR_GROUP = re.compile(rf"{_CURRICULUM}(?:year|yr|y)?(?: group)? ?0?(\d{{1,2}})", re.ASCII)
_RECEPTION = re.compile(rf"{_CURRICULUM}(?:r|rec|reception|yr|year r)", re.ASCII)
_NURSERY = re.compile(rf"{_CURRICULUM}(?:year )?(?:n|nursery) ?([12])", re.ASCII)


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


def read_time(text: str) -> str | None:
    """A local time as `HH:MM`."""
    found = _TIME.fullmatch(text)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def read_year_group(text: str) -> int | None:
    """The number in `8`, `Year 8` or `Curriculum Year 8`; reception and both years of nursery come before year 1."""
    word = clean(text).casefold()
    if _RECEPTION.fullmatch(word):
        return RECEPTION
    if nursery := _NURSERY.fullmatch(word):
        return RECEPTION - 3 + int(nursery[1])
    found = _YEAR_GROUP.fullmatch(word)
    return int(found[1]) if found and int(found[1]) <= LAST_YEAR_GROUP else None


def one_of(*words: str) -> Callable[[str], str | None]:
    """A reader for a fixed choice of words, whatever their case; `half term` is `half-term`."""

    def read(text: str) -> str | None:
        word = re.sub(r"[ _-]+", "-", clean(text).casefold())
        return word if word in words else None

    return read
