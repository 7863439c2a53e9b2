"""XLSX workbooks as numbered rows of text: values only, of one sheet, and no more than a school can have.

Read by a reader of our own, since one that serves everybody makes a million empty cells of `<c r="XFD1"/>`.
"""

import posixpath
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Any, Final
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from webapp.imports.files.archives import opened, part
from webapp.imports.files.cells import Look
from webapp.imports.files.limits import (
    FEWER_LINES,
    KEPT,
    LOOKED_AT,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_LINES,
    MOST_PROBLEMS,
    Unfit,
)
from webapp.imports.files.rows import Fit, Read, Row
from webapp.imports.files.sheet import Enough, Letters, Sheet, whole
from webapp.imports.files.sheets import Tab, choose
from webapp.imports.files.streams import DAMAGED, walk

MOST_STRINGS: Final = 500_000  # that cells share
MOST_STYLES: Final = 65_000
LONGEST_FORMAT: Final = 255  # letters


def read_workbook(content: bytes, wanted: str, fit: Fit) -> Read:
    """The rows of the sheet that is wanted, else of the first that fits; `Unfit` for what is no workbook or none of a
    school."""
    with opened(content) as archive:
        book = _Book(archive)
        tab, notes = choose(book.tabs, wanted, fit, lambda tab: book.rows(tab, LOOKED_AT))
        rows = book.rows(tab)
        return Read(rows, blank=_gaps(rows), notes=notes, sheet=tab.name, sheets=[tab.name for tab in book.tabs])


def _gaps(rows: Sequence[Row]) -> list[int]:
    """The first lines between rows that hold nothing."""
    pairs = pairwise(rows)
    return list(islice((line for one, other in pairs for line in range(one.line + 1, other.line)), MOST_PROBLEMS))


@dataclass(slots=True)
class _Found:
    """What the workbook's own list says: its sheets in order, each with its relation, and how days count."""

    sheets: list[Tab] = field(default_factory=list)
    is_mac: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and "id" in attributes and len(self.sheets) < MOST_COLUMNS:
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(Tab(attributes.get("name", "")[:KEPT], attributes["id"], is_hidden))
        elif name == "workbookPr":
            self.is_mac = attributes.get("date1904", "") in ("1", "true")


class _Book:
    """Where the sheets lie, and what their cells refer to."""

    def __init__(self, archive: ZipFile) -> None:
        top = _relations(archive, "")
        here = next((target for kind, target in top.values() if kind == "officeDocument"), None)
        if here is None:
            raise Unfit(DAMAGED)
        found, parts = _Found(), _relations(archive, here)
        _walk(archive, here, found.start)
        kinds = {key: place for key, (kind, place) in parts.items() if kind == "worksheet"}
        self.tabs = [replace(tab, place=kinds[tab.place]) for tab in found.sheets if tab.place in kinds]
        if not self.tabs:
            raise Unfit(DAMAGED)
        self._archive = archive
        self.epoch = MAC_EPOCH if found.is_mac else WINDOWS_EPOCH
        shared, styles = _Strings(), _Styles()
        for kind, target in parts.values():
            if kind == "sharedStrings" and not shared.texts:
                _walk(archive, target, shared.start, shared.end, shared.text)
            elif kind == "styles" and not styles.used:
                _walk(archive, target, styles.start, styles.end)
        self.strings = shared.texts
        self.looks = [Look(styles.format_of(key)) for key in styles.used]

    def rows(self, tab: Tab, most: int = MOST_LINES + 1) -> list[Row]:
        """The rows of a sheet that hold anything, or the first of them."""
        sheet = Sheet(self, most)
        with suppress(Enough):
            _walk(self._archive, tab.place, sheet.start, sheet.end, sheet.text)
        return sheet.rows


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


class _Strings:
    """The strings that cells share. Readings above letters (`rPh`) are none of the text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._letters, self._all, self._within, self._aside = Letters(), 0, False, 0

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
            self.used.append(whole(attributes.get("numFmtId", "0")))
        elif name == "numFmt":
            code = attributes.get("formatCode", "")
            self._formats[whole(attributes.get("numFmtId", "0"))] = code if len(code) <= LONGEST_FORMAT else ""

    def end(self, name: str) -> None:
        self._within &= name != "cellXfs"

    def format_of(self, key: int) -> str:
        return self._formats.get(key) or BUILTIN_FORMATS.get(key, "General")
