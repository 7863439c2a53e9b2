"""What people type, made safe to store, compare, sort and show on one line."""

import re
import unicodedata

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_EMAIL = 254
_BLANK = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def clean(text: str) -> str:
    """The text in NFC, each run of white space and control characters one space, none at the ends.

    Half a surrogate pair cannot be stored as UTF-8 and becomes U+FFFD.
    """
    whole = _SURROGATE.sub("\ufffd", unicodedata.normalize("NFC", text))
    return _BLANK.sub(" ", whole).strip()


def email_of(text: str) -> str | None:
    """An e-mail address in small letters, as addresses are compared; None if it is none."""
    plain = clean(text).casefold()
    return plain if _EMAIL.fullmatch(plain) and len(plain) <= LONGEST_EMAIL else None


def sort_key(text: str) -> str:
    """What a list of names is sorted by: the text with case and accents aside."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
