"""A file read through the columns that one kind of import has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from webapp.imports.files.headers import find_columns, names_of
from webapp.imports.files.limits import LONGEST_HEADING, MOST_LINES, MOST_PROBLEMS
from webapp.imports.files.reading import read_rows
from webapp.imports.files.rows import Row
from webapp.imports.problems import Problem

SHOWN = 80  # letters of a cell that is told of

T = TypeVar("T")


class Track(Protocol):
    """Walks through a sequence and shows how far it has come."""

    def __call__(self, sequence: Sequence[T], description: str) -> Iterable[T]: ...


def untracked(sequence: Sequence[T], description: str) -> Iterable[T]:  # noqa: ARG001  # nobody is watching
    return sequence


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read and what they should look like.

    A cell has at most so many letters (`longest`); one that has more is not read at all.
    An `optional` column may be missing from the file; `blank` cells are None (always so in an optional column).
    """

    key: str
    read: Callable[[str], Any]
    expected: str
    longest: int
    optional: bool = False
    blank: bool = False

    def value_of(self, text: str) -> Any:
        """What a cell says; None if it says nothing, or nothing that can be read."""
        return self.read(text) if 0 < len(text) <= self.longest else None

    def fits(self, text: str, value: Any) -> bool:
        """Whether what was read from a cell will do."""
        return value is not None or (not text and (self.blank or self.optional))

    def wanted(self, text: str) -> str:
        """What should stand there instead of a cell that will not do."""
        return self.expected if len(text) <= self.longest else f"{self.expected}, in at most {self.longest} letters"


@dataclass(frozen=True, slots=True)
class Record:
    """A line whose every cell could be read. A column missing from the file is missing from `values`."""

    line: int
    values: dict[str, Any]
    texts: dict[str, str]
    headings: Mapping[str, str]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def problem(self, key: str, expected: str) -> Problem:
        """What is wrong with one of the line's cells, seen beside other lines or the school's data."""
        text = self.texts[key]
        return Problem(self.line, self.headings[key], text if len(text) <= SHOWN else f"{text[:SHOWN]}…", expected)


@dataclass(frozen=True, slots=True)
class Table:
    """The readable lines of a file, and everything wrong with the others.

    `headings` are all of the file's, `mapping` says which of them feeds which of our columns.
    """

    records: Sequence[Record]
    problems: Sequence[Problem]
    headings: Sequence[str] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)


def read_table(
    content: bytes,
    columns: Sequence[Column],
    track: Track = untracked,
    chosen: Mapping[str, str] | None = None,
    most: int = MOST_LINES,
) -> Table:
    """A whole CSV or XLSX file of at most so many lines; nothing is thrown for a bad one, whatever its bytes are.

    `chosen` are headings by column that somebody has picked; the others are guessed.
    """
    rows, problems = read_rows(content)
    if not rows:
        return Table([], problems or [Problem(1, "", "", "a first line with the column names")])
    heading, *lines = rows
    heading = Row(heading.line, [cell if len(cell) <= LONGEST_HEADING else "" for cell in heading.cells])
    places = find_columns(heading.cells, [column.key for column in columns], chosen)
    mapping = {key: heading.cells[place] for key, place in places.items()}
    unfit = _unfit(heading, columns, places, lines)
    if len(lines) > most:
        unfit = [Problem(lines[most].line, "", "", f"at most {most:,} lines below the column names")]
    if unfit:
        return Table([], problems + unfit, heading.cells, mapping)
    reader = _Reader(
        width=len(heading.cells),
        places={column: places[column.key] for column in columns if column.key in places},
        headings=mapping,
    )
    records = []
    for row in track(lines, "Reading"):
        record, found = reader.read(row)
        problems += found
        if not found:
            records.append(record)
        if len(problems) > MOST_PROBLEMS:
            break
    return Table(records, problems, heading.cells, mapping)


def _unfit(heading: Row, columns: Sequence[Column], places: Mapping[str, int], lines: Sequence[Row]) -> list[Problem]:
    missing = [column.key for column in columns if column.key not in places and not column.optional]
    if missing:
        return [
            Problem(heading.line, names_of(key)[0], "", f"a column named {_either(names_of(key))}") for key in missing
        ]
    return [] if lines else [Problem(heading.line, "", "", "at least one line below the column names")]


def _either(names: Sequence[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the lines of one file, whose columns stand in certain places."""

    width: int
    places: Mapping[Column, int]
    headings: Mapping[str, str]

    def read(self, row: Row) -> tuple[Record, list[Problem]]:
        cells = row.cells + [""] * (self.width - len(row.cells))
        record = Record(row.line, {}, {}, self.headings)
        problems = []
        for column, place in self.places.items():
            text = cells[place]
            value = column.value_of(text)
            record.texts[column.key], record.values[column.key] = text, value
            if not column.fits(text, value):
                problems.append(record.problem(column.key, column.wanted(text)))
        surplus = next(filter(None, cells[self.width :]), None)
        if surplus:
            expected = f"{self.width} cells, with quotation marks around a comma inside one"
            problems.append(Problem(row.line, "", surplus[:SHOWN], expected))
        return record, problems
