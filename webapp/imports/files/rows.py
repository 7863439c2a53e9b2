"""What is read of a file before it is known what its columns are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from webapp.imports.problems import Problem


class Row(NamedTuple):
    """One line of a file: its number and its cells, without the space around them."""

    line: int
    cells: list[str]

    @property
    def filled(self) -> list[str]:
        """The cells that hold anything."""
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """What somebody said of how a file is laid out: the line of its column names and its sheet, if they are not to be
    looked for; and whether lines that look like a footer or totals are to be left out."""

    heading: int | None = None
    sheet: str = ""
    without_footer: bool = False


@dataclass(slots=True)
class Read:
    """The rows that hold anything, the numbers of the lines between them that hold nothing, and what could not be read.

    `notes` is what people should know of how it was read; of a workbook, `sheet` is the one that was, of all `sheets`.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blank: Sequence[int] = ()
    notes: list[str] = field(default_factory=list)
    sheet: str = ""
    sheets: Sequence[str] = ()


class Fitness(NamedTuple):
    """How well rows fit what is looked for: whether all needed columns are there, how many are, and of all."""

    is_complete: bool
    needed: int
    found: int


Fit = Callable[[Sequence[Row]], Fitness]
"""Judges the first rows of a sheet."""


def unfitting(rows: Sequence[Row]) -> Fitness:  # noqa: ARG001  # whatever they are
    """Nothing is looked for."""
    return Fitness(False, 0, 0)
