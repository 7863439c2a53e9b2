"""Where the column names of a file stand: in one of its first lines, or in two that belong together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from webapp.imports.files.headers import find_columns, is_known
from webapp.imports.files.limits import LONGEST_HEADING, LOOKED_AT
from webapp.imports.files.rows import Fitness, Row

_FILLERS = (" name", " names", " details")
"""Words above two columns that go on below: "Legal name" above "Surname" means "Legal surname"."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns that are looked for, those that must be there, and the headings that somebody has picked for some."""

    keys: Collection[str]
    needed: Collection[str]
    chosen: Mapping[str, str]

    def fitness(self, cells: Sequence[str]) -> Fitness:
        found = find_columns(cells, self.keys, self.chosen)
        needed = sum(key in found for key in self.needed)
        return Fitness(needed == len(self.needed), needed, len(found))

    def fit(self, rows: Sequence[Row]) -> Fitness:
        """How well the best heading among the first rows of a sheet fits."""
        heading = find_heading(rows, self)
        return self.fitness(heading.cells) if heading else Fitness(False, 0, 0)


@dataclass(frozen=True, slots=True)
class Heading:
    """Column names, and which rows they take: from `start` up to, and without, `end`."""

    cells: Sequence[str]
    start: int
    end: int


def find_heading(rows: Sequence[Row], wanted: Wanted, line: int | None = None) -> Heading | None:
    """The column names that fit best, the first of several; those of a line if somebody says which. None if nothing
    stands there."""
    looked_at = range(len(rows)) if line is not None else range(min(len(rows), LOOKED_AT))
    places = [place for place in looked_at if line in (None, rows[place].line)]
    headings = [*(_single(rows, place) for place in places), *_pairs(rows, places)]
    best = max(headings, key=lambda heading: wanted.fitness(heading.cells), default=None)
    if best is None or line is not None or wanted.fitness(best.cells).found:
        return best
    return _first_wide(headings, rows)


def _single(rows: Sequence[Row], place: int) -> Heading:
    return Heading([_short(cell) for cell in rows[place].cells], place, place + 1)


def _pairs(rows: Sequence[Row], places: Sequence[int]) -> Iterator[Heading]:
    for place in places:
        cells = _joined(rows[place], rows[place + 1]) if place + 1 < len(rows) else None
        if cells:
            yield Heading(cells, place, place + 2)


def _first_wide(headings: Sequence[Heading], rows: Sequence[Row]) -> Heading:
    """The first line at least half as full as the fullest: titles are not."""
    fullest = max(len(rows[heading.start].filled) for heading in headings)
    return next(heading for heading in headings if 2 * len(rows[heading.start].filled) >= fullest)


def _joined(upper: Row, lower: Row) -> list[str] | None:
    """The column names that two lines say together; None if the lower one is none of them."""
    width = max(len(upper.cells), len(lower.cells))
    above, below = _padded(upper, width), _padded(lower, width)
    names = [_name(*words) for words in zip(_spread(above), above, below, strict=True)]
    meant = sum(
        bool(low) and high != name and is_known(name) for high, low, name in zip(above, below, names, strict=True)
    )
    return names if 2 * meant >= len(lower.filled) else None


def _padded(row: Row, width: int) -> list[str]:
    return [_short(cell) for cell in row.cells] + [""] * (width - len(row.cells))


def _spread(cells: Sequence[str]) -> list[str]:
    """Each cell, the empty ones as the one before them: of merged cells, only the first holds anything."""
    spread = [""]
    for cell in cells:
        spread.append(cell or spread[-1])
    return spread[1:]


def _name(spread: str, above: str, below: str) -> str:
    """What a column is called whose name stands in two lines."""
    if not below:
        return above
    shorter = next((spread[: -len(filler)] for filler in _FILLERS if spread.casefold().endswith(filler)), spread)
    ways = [f"{spread} {below}", f"{shorter} {below}", f"{above} {below}", below, above]
    return next((way for way in ways if is_known(way)), f"{above} {below}".strip())


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_HEADING else ""
