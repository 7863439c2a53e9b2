"""What comes from outside, made safe to store, compare, sort and show on one line.

The only place that asks Unicode to normalise: the time that takes grows with the square of a run of combining marks,
so that such runs are broken first.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

LONGEST_EMAIL = 254
LONGEST_RUN: Final = 30
"""Combining marks in a row, as Unicode's Stream-Safe Text Format has it (UAX #15, 13)."""

HIGHEST: Final = 2**31 - 1
"""The largest whole number that a numbered table of the database holds."""

_JOINER = "\u034f"  # what that format puts between: it shows nothing, and no mark moves across it
_UNSTORABLE = re.compile(r"[\ud800-\udfff\x00]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_BLANK = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def normal(text: str, form: Literal["NFC", "NFKD"] = "NFC") -> str:
    """The text in that normal form, with no more than `LONGEST_RUN` combining marks in a row. Takes linear time."""
    return text if text.isascii() else unicodedata.normalize(form, _stream_safe(text))


def whole(text: str) -> str:
    """The text as every database and every page can hold it: half a surrogate pair becomes U+FFFD, NUL a space."""
    return _UNSTORABLE.sub(lambda found: " " if found[0] == "\0" else "\ufffd", text)


def clean(text: str) -> str:
    """The text in NFC, each run of white space and control characters one space, none at the ends.

    Half a surrogate pair cannot be stored as UTF-8 and becomes U+FFFD.
    """
    return _BLANK.sub(" ", normal(whole(text))).strip()


def email_of(text: str) -> str | None:
    """An e-mail address in small letters, as addresses are compared; None if it is none."""
    plain = clean(text).casefold() if len(text) <= LONGEST_EMAIL else ""
    return plain if _EMAIL.fullmatch(plain) and len(plain) <= LONGEST_EMAIL else None


def sort_key(text: str) -> str:
    """What a list of names is sorted by: the text with case and accents aside."""
    letters = normal(text.casefold(), "NFKD")
    return "".join(letter for letter in letters if letter != _JOINER and not unicodedata.combining(letter))


def whole_number(text: object, most: int = HIGHEST) -> int | None:
    """The whole number from 0 to `most` that is written with the digits 0 to 9 alone; None for anything else.

    Measured first: Python refuses to read very long numbers, and takes the digits of other scripts for digits.
    """
    if not isinstance(text, str) or not 0 < len(text) <= len(str(most)) or not (text.isascii() and text.isdecimal()):
        return None
    return number if (number := int(text)) <= most else None


def _stream_safe(text: str) -> str:
    """The text with a joiner wherever more than `LONGEST_RUN` combining marks would stand in a row."""
    parts: list[str] = []
    run = 0
    for letter in text:
        first, last, every = _marks(letter)
        if run + first > LONGEST_RUN:
            parts.append(_JOINER)
            run = 0
        run = run + first if every else last
        parts.append(letter)
    return "".join(parts)


@lru_cache(4096)
def _marks(letter: str) -> tuple[int, int, bool]:
    """How many combining marks a character begins and ends with once taken apart, and whether it is nothing else."""
    are = [unicodedata.combining(part) > 0 for part in unicodedata.normalize("NFKD", letter)]
    first = are.index(False) if False in are else len(are)
    last = are[::-1].index(False) if False in are else len(are)
    return first, last, first == len(are)
