"""The columns that a kind of import has, and a file read through them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

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
    An `optional` column may be missing from the file; `blank` cells are None (always so in an optional column, unless
    it is `filled` wherever the file has it).
    """

    key: str
    read: Callable[[str], Any]
    expected: str
    longest: int
    optional: bool = False
    blank: bool = False
    filled: bool = False

    def value_of(self, text: str) -> Any:
        """What a cell says; None if it says nothing, or nothing that can be read."""
        return self.read(text) if 0 < len(text) <= self.longest else None

    def fits(self, text: str, value: Any) -> bool:
        """Whether what was read from a cell will do."""
        return value is not None or (not text and (self.blank or (self.optional and not self.filled)))

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

    `headings` are all of the file's, which stand in line `heading`; `mapping` says which of them feeds which of our
    columns. `notes` are what people should know of how the file was taken, `asides` the lines that look like a footer
    or totals, in words; of a workbook, `sheet` is the one that was read, of all `sheets`.
    """

    records: Sequence[Record]
    problems: Sequence[Problem]
    headings: Sequence[str] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    heading: int | None = None
    notes: Sequence[str] = ()
    asides: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
