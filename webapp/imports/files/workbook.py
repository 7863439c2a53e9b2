"""XLSX workbooks as numbered rows of text: values only, of the first sheet, and no more than a school can have.

Read by a reader of our own, since one that serves everybody makes a million empty cells of `<c r="XFD1"/>`.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from webapp.imports.files.archives import opened, part
from webapp.imports.files.cells import Look, cell_text
from webapp.imports.files.limits import (
    FEWER_COLUMNS,
    FEWER_LINES,
    KEPT,
    LAST_LINE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_LINES,
    Unfit,
)
from webapp.imports.files.rows import Row
from webapp.imports.files.streams import DAMAGED, walk

MOST_STRINGS: Final = 500_000  # that cells share
MOST_STYLES: Final = 65_000
LONGEST_FORMAT: Final = 255  # letters

_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{0,10}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,10}", re.ASCII)


def workbook_rows(content: bytes) -> list[Row]:
    """The rows that hold anything; `Unfit` for what is no workbook or none of a school."""
    with opened(content) as archive:
        book = _Book(archive)
        sheet = _Sheet(book)
        _walk(archive, book.sheet, sheet.start, sheet.end, sheet.text)
        return sheet.rows


@dataclass(slots=True)
class _Found:
    """What the workbook's own list says: its sheets in order, by the names of their relations, and how days count."""

    sheets: list[str] = field(default_factory=list)
    is_mac: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and "id" in attributes and len(self.sheets) < MOST_COLUMNS:
            self.sheets.append(attributes["id"])
        elif name == "workbookPr":
            self.is_mac = attributes.get("date1904", "") in ("1", "true")


class _Book:
    """Where the first sheet lies, and what its cells refer to."""

    def __init__(self, archive: ZipFile) -> None:
        top = _relations(archive, "")
        here = next((target for kind, target in top.values() if kind == "officeDocument"), None)
        if here is None:
            raise Unfit(DAMAGED)
        found, parts = _Found(), _relations(archive, here)
        _walk(archive, here, found.start)
        sheets = [parts[key][1] for key in found.sheets if parts.get(key, ("",))[0] == "worksheet"]
        if not sheets:
            raise Unfit(DAMAGED)
        self.sheet = sheets[0]
        self.epoch = MAC_EPOCH if found.is_mac else WINDOWS_EPOCH
        shared, styles = _Strings(), _Styles()
        for kind, target in parts.values():
            if kind == "sharedStrings" and not shared.texts:
                _walk(archive, target, shared.start, shared.end, shared.text)
            elif kind == "styles" and not styles.used:
                _walk(archive, target, styles.start, styles.end)
        self.strings = shared.texts
        self.looks = [Look(styles.format_of(key)) for key in styles.used]


def _walk(archive: ZipFile, name: str, *handlers: Any) -> None:
    source = part(archive, name)
    if source is None:
        raise Unfit(DAMAGED)
    with source:
        walk(source, *handlers)


def _relations(archive: ZipFile, of: str) -> dict[str, tuple[str, str]]:
    """What a part of the workbook (or the whole, "") refers to within it: kind and place, by name."""
    folder, file = posixpath.split(of)
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        # What lies outside of the file is not asked for.
        if name == "Relationship" and attributes.get("TargetMode") != "External" and len(found) < MOST_COLUMNS:
            kind = attributes.get("Type", "").rpartition("/")[2]
            place = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            found[attributes.get("Id", "")] = kind, place.lstrip("/")

    _walk(archive, posixpath.join(folder, "_rels", f"{file}.rels"), start)
    return found


class _Letters:
    """Text in pieces, of which so much is kept that what is too long for any column is seen to be."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._count = 0

    def add(self, text: str) -> None:
        if self._count < KEPT:
            self._pieces.append(text[: KEPT - self._count])
            self._count += len(text)

    def take(self) -> str:
        """All of it, and begin anew."""
        whole = "".join(self._pieces)
        self._pieces, self._count = [], 0
        return whole


class _Strings:
    """The strings that cells share. Readings above letters (`rPh`) are none of the text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._letters, self._all, self._within, self._aside = _Letters(), 0, False, 0

    def start(self, name: str, _: Mapping[str, str]) -> None:
        self._aside += name == "rPh"
        self._within = name == "t" and not self._aside

    def end(self, name: str) -> None:
        self._aside -= name == "rPh"
        self._within = False
        if name == "si":
            text = self._letters.take().strip()
            self._all += len(text)
            if len(self.texts) >= MOST_STRINGS or self._all > MOST_LETTERS:
                raise Unfit(FEWER_LINES)
            self.texts.append(text)

    def text(self, text: str) -> None:
        if self._within:
            self._letters.add(text)


class _Styles:
    """The number formats: which one each style of a cell has."""

    def __init__(self) -> None:
        self.used: list[int] = []
        self._formats: dict[int, str] = {}
        self._within = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self.used) + len(self._formats) > MOST_STYLES:
            raise Unfit(DAMAGED)
        if name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self.used.append(_whole(attributes.get("numFmtId", "0")))
        elif name == "numFmt":
            code = attributes.get("formatCode", "")
            self._formats[_whole(attributes.get("numFmtId", "0"))] = code if len(code) <= LONGEST_FORMAT else ""

    def end(self, name: str) -> None:
        self._within &= name != "cellXfs"

    def format_of(self, key: int) -> str:
        return self._formats.get(key) or BUILTIN_FORMATS.get(key, "General")


class _Sheet:
    """One sheet, row by row. Cells without a value cost nothing, whatever their address is."""

    def __init__(self, book: _Book) -> None:
        self.rows: list[Row] = []
        self._book, self._letters = book, _Letters()
        self._line = self._cells = self._all = self._aside = 0
        self._column = -1
        self._kind, self._look = "n", Look("General")
        self._row: dict[int, str] = {}
        self._within = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "c":
            self._begin_cell(attributes)
        self._aside += name == "rPh"
        self._within = name in ("v", "t") and not self._aside

    def _begin_row(self, number: str | None) -> None:
        line = self._line + 1 if number is None else _whole(number)
        if not self._line < line <= LAST_LINE:
            raise Unfit(DAMAGED, self._line + 1)
        self._line, self._column, self._row = line, -1, {}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = self._column + 1 if "r" not in attributes else _column(attributes["r"])
        self._kind = attributes.get("t", "n")
        style, looks = _whole(attributes.get("s", "0")), self._book.looks
        self._look = looks[style] if style < len(looks) else Look("General")

    def end(self, name: str) -> None:
        self._aside -= name == "rPh"
        self._within = False
        if name == "c":
            self._end_cell()
        elif name == "row" and self._row:
            self._end_row()

    def text(self, text: str) -> None:
        if self._within:
            self._letters.add(text)

    def _end_cell(self) -> None:
        raw = self._letters.take()
        text = self._shared(raw) if self._kind == "s" and raw else self._typed(raw)
        if text:
            if self._column >= MOST_COLUMNS:
                raise Unfit(FEWER_COLUMNS, self._line)
            self._row[self._column] = text

    def _shared(self, raw: str) -> str:
        place = _whole(raw.strip())
        if place >= len(self._book.strings):
            raise Unfit(DAMAGED, self._line)
        return self._book.strings[place]

    def _typed(self, raw: str) -> str:
        text = cell_text(raw.strip(), self._kind, self._look, self._book.epoch)
        self._all += len(text)
        if self._all > MOST_LETTERS:
            raise Unfit(FEWER_LINES, self._line)
        return text

    def _end_row(self) -> None:
        cells = [self._row.get(column, "") for column in range(max(self._row) + 1)]
        self._cells += len(cells)
        if len(self.rows) > MOST_LINES or self._cells > MOST_CELLS:
            raise Unfit(FEWER_LINES, self._line)
        self.rows.append(Row(self._line, cells))
        self._row = {}


def _whole(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Unfit(DAMAGED)
    return int(text)


def _column(place: str) -> int:
    """The column of a cell's address, A being 0."""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise Unfit(DAMAGED)
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
