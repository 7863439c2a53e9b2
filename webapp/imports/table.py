"""A file read through the columns that one kind of import has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from webapp.imports.files import Row, read_rows
from webapp.imports.headers import find_columns, names_of
from webapp.imports.problems import Problem

T = TypeVar("T")


class Track(Protocol):
    """Walks through a sequence and shows how far it has come."""

    def __call__(self, sequence: Sequence[T], description: str) -> Iterable[T]: ...


def untracked(sequence: Sequence[T], description: str) -> Iterable[T]:  # noqa: ARG001  # nobody is watching
    return sequence


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read and what they should look like.

    An `optional` column may be missing from the file; `blank` cells are None (always so in an optional column).
    """

    key: str
    read: Callable[[str], Any]
    expected: str
    optional: bool = False
    blank: bool = False

    def fits(self, text: str, value: Any) -> bool:
        """Whether what was read from a cell will do."""
        return value is not None or (not text and (self.blank or self.optional))


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
        return Problem(self.line, self.headings[key], self.texts[key], expected)


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
    content: bytes, columns: Sequence[Column], track: Track = untracked, chosen: Mapping[str, str] | None = None
) -> Table:
    """A whole CSV or XLSX file; nothing is thrown for a bad one, whatever its bytes are.

    `chosen` are headings by column that somebody has picked; the others are guessed.
    """
    rows, problems = read_rows(content)
    if not rows:
        return Table([], problems or [Problem(1, "", "", "a first line with the column names")])
    heading, *lines = rows
    places = find_columns(heading.cells, [column.key for column in columns], chosen)
    mapping = {key: heading.cells[place] for key, place in places.items()}
    unfit = _unfit(heading, columns, places, lines)
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
            value = column.read(text) if text else None
            record.texts[column.key], record.values[column.key] = text, value
            if not column.fits(text, value):
                problems.append(record.problem(column.key, column.expected))
        surplus = next(filter(None, cells[self.width :]), None)
        if surplus:
            expected = f"{self.width} cells, with quotation marks around a comma inside one"
            problems.append(Problem(row.line, "", surplus, expected))
        return record, problems
