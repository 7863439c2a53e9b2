"""A file taken as a table of one kind of import."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from webapp.imports.files.footers import lines_words
from webapp.imports.files.headers import find_columns, names_of
from webapp.imports.files.heading import Heading, Wanted, find_heading
from webapp.imports.files.limits import MOST_LINES
from webapp.imports.files.reading import read_file
from webapp.imports.files.rows import Layout, Read, Row
from webapp.imports.files.unread import MOST_NAMED, nameless, unread
from webapp.imports.lines import Lines, Reader
from webapp.imports.problems import Problem
from webapp.imports.table import Column, Table, Track, untracked

FOUND: Final = Layout()
"""Everything about how a file is laid out is found in it."""


def read_table(
    content: bytes,
    columns: Sequence[Column],
    track: Track = untracked,
    chosen: Mapping[str, str] | None = None,
    most: int = MOST_LINES,
    layout: Layout = FOUND,
) -> Table:
    """A whole CSV or XLSX file of at most so many lines; nothing is thrown for a bad one, whatever its bytes are.

    `chosen` are headings by column that somebody has picked; the others are guessed.
    """
    needed = [column.key for column in columns if not column.optional]
    wanted = Wanted([column.key for column in columns], needed, chosen or {})
    read = read_file(content, layout.sheet, wanted.fit)
    heading = find_heading(read.rows, wanted, layout.heading)
    if heading is None:
        which = "first line" if layout.heading is None else "line"
        nothing = Problem(layout.heading or 1, "", "", f"a {which} with the column names")
        return Table([], read.problems or [nothing], notes=read.notes, sheet=read.sheet, sheets=read.sheets)
    return _Taking(read, heading, columns, wanted).table(track, most, layout.without_footer)


@dataclass(slots=True)
class _Taking:
    """A file whose column names are found: where our columns stand, and which headings feed them."""

    read: Read
    heading: Heading
    columns: Sequence[Column]
    wanted: Wanted
    places: dict[str, int] = field(init=False)
    mapping: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.places = find_columns(self.heading.cells, self.wanted.keys, self.wanted.chosen)
        self.mapping = {key: self.heading.cells[place] for key, place in self.places.items()}

    @property
    def above(self) -> Sequence[Row]:
        """The lines down to the column names."""
        return self.read.rows[: self.heading.end]

    @property
    def line(self) -> int:
        """Where the column names stand; of two lines, the first."""
        return self.read.rows[self.heading.start].line

    def table(self, track: Track, most: int, without_footer: bool) -> Table:
        rows = self.read.rows[self.heading.end :]
        unfit = list(self._unfit(rows, most))
        lines = Lines() if unfit else self._reader().lines(track(rows, "Reading"), self.above, without_footer)
        return Table(
            lines.records,
            [*self.read.problems, *unfit, *lines.problems],
            self.heading.cells,
            self.mapping,
            self.line,
            [*self.read.notes, *self._notes(rows, lines), *_left_out(lines, without_footer)],
            lines_words(lines.asides),
            self.read.sheet,
            self.read.sheets,
        )

    def _reader(self) -> Reader:
        places = {column: self.places[column.key] for column in self.columns if column.key in self.places}
        return Reader(len(self.heading.cells), places, self.mapping)

    def _unfit(self, rows: Sequence[Row], most: int) -> Iterator[Problem]:
        """What keeps the lines from being read at all."""
        if len(rows) > most:
            yield Problem(rows[most].line, "", "", f"at most {most:,} lines below the column names")
            return
        picked = {key: heading for key, heading in self.wanted.chosen.items() if heading in self.mapping.values()}
        for key, heading in picked.items():
            if key not in self.places:
                yield Problem(self.line, heading, "", f"a column for one of ours; “{names_of(key)[0]}” is another")
        missing = [key for key in self.wanted.needed if key not in self.places and key not in picked]
        for key in missing:
            yield Problem(self.line, names_of(key)[0], "", f"a column named {_either(names_of(key))}")
        if not rows and not missing:
            yield Problem(self.line, "", "", "at least one line below the column names")

    def _notes(self, rows: Sequence[Row], lines: Lines) -> Iterator[str]:
        """What is passed over, but for lines below the column names."""
        if titles := self.read.rows[: self.heading.start]:
            yield f"The column names stand in line {self.line}. Above them, and not read: {lines_words(titles)}."
        if self.heading.end - self.heading.start > 1:
            yield f"The column names in lines {self.line} and {self.above[-1].line} are read together."
        left_out = [key for key, heading in self.wanted.chosen.items() if not heading]
        yield from unread(self.heading.cells, self.places, self.wanted.keys, left_out)
        yield from nameless(self.heading.cells, rows)
        last = lines.records[-1].line if lines.records else 0
        if blank := [line for line in self.read.blank if self.above[-1].line < line < last]:
            yield f"Nothing stands in {_numbers(blank)}."


def _left_out(lines: Lines, without_footer: bool) -> Iterator[str]:
    """What lines below the column names are not read, although they hold something."""
    if lines.repeats:
        yield f"Left out, as they repeat what stands above: {_numbers([row.line for row in lines.repeats])}."
    if lines.asides and without_footer:
        yield f"Left out, as a footer or totals: {lines_words(lines.asides)}."


def _numbers(lines: Sequence[int]) -> str:
    """Lines by number, the first of many."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    more = f" and {len(lines) - MOST_NAMED} more" if len(lines) > MOST_NAMED else ""
    return f"lines {', '.join(map(str, lines[:MOST_NAMED]))}{more}"


def _either(names: Sequence[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)
