"""CSV files and XLSX workbooks as numbered rows of text, exactly as somebody would read them on paper."""

import csv
import io
from collections.abc import Iterator

from webapp.imports.files.archives import LOCKED
from webapp.imports.files.delimiters import guessed_delimiter, said_delimiter
from webapp.imports.files.encodings import decoded
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
from webapp.imports.files.rows import Fit, Read, Row, unfitting
from webapp.imports.files.workbook import read_workbook
from webapp.imports.problems import Problem

PAIRS = "quotation marks in pairs, and doubled inside a quoted cell"
SHORTER = f"cells of at most {KEPT - 1:,} letters"
NO_SHEETS = "a workbook: a text file has no sheets to choose from"

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_file(content: bytes, sheet: str = "", fit: Fit = unfitting) -> Read:
    """What a file holds; of a workbook, the sheet of this name, else the first that fits. Of a file beyond all limits
    there are no rows."""
    try:
        if content.startswith(_OLD_OFFICE):
            raise Unfit(LOCKED)
        return read_workbook(content, sheet, fit) if content.startswith(_ZIP) else _read_csv(content, sheet)
    except Unfit as unfit:
        return Read(problems=[Problem(unfit.line, "", "", unfit.expected)])


def _read_csv(content: bytes, sheet: str) -> Read:
    if sheet:
        raise Unfit(NO_SHEETS)
    text, notes = decoded(content)
    read, cells = Read(notes=notes), 0
    read.blank = blank = list[int]()
    for found in _lines(text):
        if isinstance(found, Problem):
            read.problems.append(found)
        elif any(found.cells):
            read.rows.append(found)
            cells += len(found.cells)
        elif len(blank) < MOST:
            blank.append(found.line)
        if len(read.rows) > MOST_LINES + 1 or cells > MOST_CELLS:
            raise Unfit(FEWER_LINES, read.rows[-1].line)
        if len(read.problems) == MOST:
            break
    return read


def _lines(text: str) -> Iterator[Row | Problem]:
    """Each line, or what is wrong with it."""
    # Strict: a quotation mark that is never closed would otherwise swallow the lines below it.
    delimiter, text = said_delimiter(text) or (guessed_delimiter(text), text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
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
