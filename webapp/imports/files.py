"""CSV files and XLSX workbooks as numbered rows of text, exactly as somebody would read them on paper."""

import codecs
import csv
import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from webapp.imports.problems import Problem

DELIMITERS = ",;\t"

LARGEST_WORKBOOK = 100 * 1024 * 1024  # bytes once unpacked; a few packed ones can become any number

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PADDED = re.compile(r"0{2,}")
_BEFORE_EXCEL = date(1900, 1, 2)


class Row(NamedTuple):
    """One line of a file: its number and its cells, without the space around them."""

    line: int
    cells: list[str]


def read_rows(content: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows that hold anything, and what could not be read."""
    if content.startswith(_OLD_OFFICE):
        return [], [Problem(1, "", "", "a CSV file, or an XLSX workbook without a password")]
    rows, problems = _workbook_rows(content) if content.startswith(_ZIP) else _csv_rows(content)
    return [row for row in rows if any(row.cells)], problems


def _csv_rows(content: bytes) -> tuple[list[Row], list[Problem]]:
    text = _decoded(content)
    if text is None:
        return [], [Problem(1, "", "", "text in UTF-8 or Windows-1252")]
    # Strict: a quotation mark that is never closed would otherwise swallow the lines below it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    while True:
        line = reader.line_num + 1
        try:
            rows.append(Row(line, [cell.strip() for cell in next(reader)]))
        except StopIteration:
            return rows, problems
        except csv.Error:
            problems.append(Problem(line, "", "", "quotation marks in pairs, and doubled inside a quoted cell"))


def _decoded(content: bytes) -> str | None:
    # Excel's "Unicode text" is UTF-16 and says so at its start.
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _workbook_rows(content: bytes) -> tuple[list[Row], list[Problem]]:
    if _unpacked_size(content) > LARGEST_WORKBOOK:
        return [], [Problem(1, "", "", "a smaller workbook, with fewer sheets or lines")]
    try:
        with warnings.catch_warnings(action="ignore"):  # exports often lack a default style, which is harmless
            return list(_sheet_rows(content)), []
    except Exception:  # openpyxl raises whatever its readers stumbled over
        return [], [Problem(1, "", "", "an XLSX workbook that Excel can open")]


def _unpacked_size(content: bytes) -> int:
    """What a workbook says it becomes; a damaged one is found out by its reader."""
    try:
        return sum(part.file_size for part in ZipFile(io.BytesIO(content)).infolist())
    except BadZipFile:
        return 0


def _sheet_rows(content: bytes) -> Iterator[Row]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # some exports state a wrong size
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(line, [_cell_text(cell.value, cell.number_format).strip() for cell in cells])


def _cell_text(value: Any, number_format: str | None) -> str:
    """A cell as it looks in the sheet: `00042` stays so whether it was typed as text or formatted that way."""
    match value:
        case None:
            return ""
        case datetime():
            return _moment_text(value)
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return f"{datetime.min + value:%H:%M}"
        case float() if value.is_integer():
            return _cell_text(int(value), number_format)
        case int() if _PADDED.fullmatch(number_format or ""):
            return str(value).zfill(len(number_format or ""))
    return str(value)


def _moment_text(value: datetime) -> str:
    if value.date() < _BEFORE_EXCEL:
        return f"{value:%H:%M}"
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
