"""One sheet of a workbook, row by row: values only, and no more than a school can have."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

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
from webapp.imports.files.streams import DAMAGED

_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{0,10}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,10}", re.ASCII)


class Shared(Protocol):
    """What the cells of all sheets refer to: strings, how numbers look, and the day from which days count."""

    @property
    def strings(self) -> Sequence[str]: ...

    @property
    def looks(self) -> Sequence[Look]: ...

    @property
    def epoch(self) -> datetime: ...


class Enough(Exception):  # noqa: N818  # not an error: as many rows as were asked for
    """The first rows are read."""


class Letters:
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


class Sheet:
    """One sheet, row by row. Cells without a value cost nothing, whatever their address is. `Enough` after so many
    rows (`most`), if those are fewer than a school can have."""

    def __init__(self, book: Shared, most: int = MOST_LINES + 1) -> None:
        self.rows: list[Row] = []
        self._book, self._letters, self._most = book, Letters(), most
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
        line = self._line + 1 if number is None else whole(number)
        if not self._line < line <= LAST_LINE:
            raise Unfit(DAMAGED, self._line + 1)
        self._line, self._column, self._row = line, -1, {}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = self._column + 1 if "r" not in attributes else _column(attributes["r"])
        self._kind = attributes.get("t", "n")
        style, looks = whole(attributes.get("s", "0")), self._book.looks
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
        place = whole(raw.strip())
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
        if len(self.rows) == self._most <= MOST_LINES:
            raise Enough


def whole(text: str) -> int:
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
