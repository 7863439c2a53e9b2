"""Which letters the bytes of a text file stand for."""

import codecs
import re
from itertools import islice
from typing import Final

from webapp.imports.files.limits import Unfit

TEXT: Final = "text in UTF-8, UTF-16, Windows-1252 or Mac Roman"
MAC_ROMAN: Final = "It was read as text of an old Macintosh (Mac Roman)."

_SAMPLE: Final = 4096  # bytes by whose zeros UTF-16 is known
_MOST_ODD: Final = 1000  # places; more say nothing new
_ODD = re.compile(
    r"(?<=[^\W\d_])(?:[^\w\s\x00-\x7f’–—…]|[À-ÖØ-ÞŸŒŠŽ](?=[a-zß-ÿ])|(?<=[a-zß-ÿ])[À-ÖØ-ÞŸŒŠŽ])",
)
"""Within a name, a sign that is no letter, or a capital among small letters: read in the wrong encoding."""


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what people should know of how it was read. `Unfit` for what is no text."""
    text = _marked(content)
    if text is None:
        text = _unmarked_utf16(content) if b"\0" in content[:_SAMPLE] else _decode(content, "utf-8")
    if text is not None:
        return _checked(text), []
    text, is_mac = _single_bytes(content)
    return _checked(text), [MAC_ROMAN] if is_mac else []


def _marked(content: bytes) -> str | None:
    """The text of a file that says at its start how it is written, as Excel's "Unicode text" and its UTF-8 do."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(content, "utf-16")
    return _decode(content, "utf-8-sig") if content.startswith(codecs.BOM_UTF8) else None


def _unmarked_utf16(content: bytes) -> str | None:
    """Of letters that most names are made of, every second byte is zero: the first or the second of each pair."""
    first, second = content[:_SAMPLE:2].count(0), content[1:_SAMPLE:2].count(0)
    return _decode(content, "utf-16-be" if first > second else "utf-16-le")


def _single_bytes(content: bytes) -> tuple[str, bool]:
    """The text of a file with a byte for each letter, and whether that was written on an old Macintosh.

    Such a one ends its lines with CR alone. Other files are Windows-1252, unless names make sense in Mac Roman only.
    """
    windows, mac = _decode(content, "cp1252"), _decode(content, "mac_roman") or ""
    has_mac_ends = b"\r" in content and b"\n" not in content
    odd = _oddness(mac)
    if windows is None:
        if odd and not has_mac_ends:
            raise Unfit(TEXT)
        return mac, True
    worse = _oddness(windows) - odd
    is_mac = worse >= 0 if has_mac_ends else worse > 0
    return (mac, True) if is_mac else (windows, False)


def _oddness(text: str) -> int:
    return sum(1 for _ in islice(_ODD.finditer(text), _MOST_ODD))


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str) -> str:
    if "\0" in text:  # a picture, or a program
        raise Unfit(TEXT)
    return text
