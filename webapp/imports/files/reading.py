"""CSV files and XLSX workbooks as numbered rows of text, exactly as somebody would read them on paper."""

import codecs
import csv
import io
from collections.abc import Iterator

from webapp.imports.files.archives import LARGEST_WORKBOOK, LOCKED
from webapp.imports.files.limits import (
    FEWER_COLUMNS,
    FEWER_LINES,
    KEPT,
    LAST_LINE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LINES,
    Unfit,
)
from webapp.imports.files.limits import MOST_PROBLEMS as MOST
from webapp.imports.files.rows import Row
from webapp.imports.files.workbook import workbook_rows
from webapp.imports.problems import Problem

__all__ = ["LARGEST_WORKBOOK", "Row", "read_rows"]

DELIMITERS = ",;\t"
PAIRS = "quotation marks in pairs, and doubled inside a quoted cell"
SHORTER = f"cells of at most {KEPT - 1:,} letters"
TEXT = "text in UTF-8 or Windows-1252"

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_rows(content: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows that hold anything, and what could not be read. Of a file beyond all limits there are no rows."""
    try:
        if content.startswith(_OLD_OFFICE):
            raise Unfit(LOCKED)
        return (workbook_rows(content), []) if content.startswith(_ZIP) else _csv_rows(content)
    except Unfit as unfit:
        return [], [Problem(unfit.line, "", "", unfit.expected)]


def _csv_rows(content: bytes) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    cells = 0
    for read in _lines(_decoded(content)):
        if isinstance(read, Problem):
            problems.append(read)
        elif any(read.cells):
            rows.append(read)
            cells += len(read.cells)
        if len(rows) > MOST_LINES + 1 or cells > MOST_CELLS:
            raise Unfit(FEWER_LINES, rows[-1].line)
        if len(problems) == MOST:
            break
    return rows, problems


def _lines(text: str) -> Iterator[Row | Problem]:
    """Each line, or what is wrong with it."""
    # Strict: a quotation mark that is never closed would otherwise swallow the lines below it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        if line > LAST_LINE:
            raise Unfit(FEWER_LINES, line)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(line, "", "", SHORTER if "larger" in str(error) else PAIRS)
            continue
        if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
            raise Unfit(FEWER_COLUMNS, line)
        yield Row(line, [cell.strip()[:KEPT] for cell in cells[:MOST_COLUMNS]])


def _decoded(content: bytes) -> str:
    # Excel's "Unicode text" is UTF-16 and says so at its start.
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # else a picture, a program, or UTF-16 that does not say so
            return text
    raise Unfit(TEXT)


def _delimiter(text: str) -> str:
    first = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    return max(DELIMITERS, key=first.count)
