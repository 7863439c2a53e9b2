"""Tables as files for a spreadsheet. What somebody typed must never run there as a formula."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from flask import Response, abort

from webapp.domain.text.text import clean
from webapp.school import audit
from webapp.sync.log.revisions import writing

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NAME = 31
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
PROPERTIES = "docProps/core.xml"
_MOMENTS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\ufffe\uffff]")

Lines = Iterable[Sequence[Any]]


def csv_file(lines: Lines) -> bytes:
    """Comma-separated, in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(lines: Lines) -> bytes:
    """A workbook of one sheet; numbers and dates stay what they are."""
    return book_file([("Sheet", lines)])


def book_file(named: Iterable[tuple[str, Lines]]) -> bytes:
    """A workbook of several sheets, each with its name."""
    from openpyxl import Workbook  # a tenth of the time in which a server starts

    book = Workbook(write_only=True)
    for name, lines in named:
        # Excel takes no other names; openpyxl itself tells the same name twice apart.
        sheet = book.create_sheet(_NOT_IN_A_NAME.sub(" ", clean(name))[:LONGEST_NAME].strip("' ") or "Sheet")
        for line in lines:
            sheet.append([_cell(value) for value in line])
    if not book.worksheets:
        book.create_sheet()
    file = io.BytesIO()
    book.save(file)
    return _without_moments(file)


def _without_moments(book: io.BytesIO) -> bytes:
    """The workbook without the seconds at which it was written: what says the same is the same file."""
    file = io.BytesIO()
    with zipfile.ZipFile(book) as written, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in written.namelist():
            content = written.read(name)
            entry = zipfile.ZipInfo(name)
            kept.writestr(entry, _MOMENTS.sub(b"", content) if name == PROPERTIES else content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


class Kind(NamedTuple):
    """A kind of file: its media type, and how it is written."""

    media_type: str
    write: Callable[[Lines], bytes]


KINDS: Final = {
    "csv": Kind("text/csv; charset=utf-8", csv_file),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_file),
}
"""By the ending of the file's name."""


def download(lines: Lines, name: str, ending: str) -> Response:
    """The lines as a file of that kind; 404 for a kind there is not."""
    kind = KINDS.get(ending) or abort(404)
    return _attached(kind.write(lines), kind.media_type, f"{name}.{ending}")


def download_book(named: Iterable[tuple[str, Lines]], name: str) -> Response:
    """A workbook of several sheets as a file."""
    return _attached(book_file(named), KINDS["xlsx"].media_type, f"{name}.xlsx")


def _attached(content: bytes, media_type: str, name: str) -> Response:
    with writing():
        audit.note("export.download", file=name)
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def harmless(text: str) -> str:
    """The text, led by an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(value: Any) -> Any:
    return harmless(_NOT_IN_XML.sub("\ufffd", clean(value))) if isinstance(value, str) else value
