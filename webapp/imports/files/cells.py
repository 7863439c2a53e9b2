"""A workbook's cell as it looks in the sheet."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

_PADDED = re.compile(r"0{2,40}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_BEFORE_EXCEL = date(1900, 1, 2)


class Look:
    """How a number is shown: as a moment, as a span of time, or with so many digits at least."""

    __slots__ = ("digits", "is_moment", "is_span")

    def __init__(self, number_format: str) -> None:
        self.is_moment, self.is_span = is_date_format(number_format), is_timedelta_format(number_format)
        self.digits = len(number_format) if _PADDED.fullmatch(number_format) else 0


def cell_text(raw: str, kind: str, look: Look, epoch: datetime) -> str:
    """The text of a cell that holds `raw`; `kind` is what the workbook says it is.

    `00042` stays so whether it was typed as text or formatted that way. What says to be a number or a day and is none
    stays as it is written.
    """
    with suppress(ValueError, OverflowError):
        match kind:
            case "n" if _NUMBER.fullmatch(raw):
                return _number_text(raw, look, epoch)
            case "b" if raw in ("0", "1"):
                return str(raw == "1")
            case "d":
                return _text(from_ISO8601(raw))
    return raw


def _number_text(raw: str, look: Look, epoch: datetime) -> str:
    is_whole = raw.lstrip("+-").isdecimal()
    number = int(raw) if is_whole else float(raw)
    if look.is_moment:
        return _text(from_excel(number, epoch, timedelta=look.is_span))
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    return str(number).zfill(look.digits) if isinstance(number, int) else str(number)


def _text(value: Any) -> str:
    match value:
        case datetime():
            return _moment_text(value)
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return f"{datetime.min + value:%H:%M}"
    return str(value)


def _moment_text(value: datetime) -> str:
    if value.date() < _BEFORE_EXCEL:
        return f"{value:%H:%M}"
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
