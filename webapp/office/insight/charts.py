"""Where the parts of a drawing stand: heat maps and lines, as numbers for a template to draw in SVG.

Lengths are in units of the drawing's own view box. A drawing stands beside the table that says the same in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from webapp.domain.marks.insight import Figure
from webapp.domain.marks.marks import HIGHEST
from webapp.domain.marks.mean import Mean

WIDTH: Final = 640
LEFT: Final = 130
TOP: Final = 34
ROW: Final = 46
GAP: Final = 4
PLOT: Final = 220
BOTTOM: Final = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an axis; `x` and `y` are where it is anchored."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a heat map. `shade` is 0 for the palest to 4, None where there is nothing to show."""

    x: int
    y: int
    text: str
    shade: int | None


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat map: fields of one size, the words above its columns and beside its rows."""

    height: int
    cell_width: int
    columns: Sequence[Word]
    rows: Sequence[Word]
    cells: Sequence[Cell]
    width: int = WIDTH
    cell_height: int = ROW - GAP


@dataclass(frozen=True, slots=True)
class Lines:
    """A line over time: `pieces` are its unbroken stretches as the points of polylines; `guides` are the words beside
    level lines, which run from `left` to `right`; `words` name the weeks below."""

    pieces: Sequence[str]
    points: Sequence[Word]
    guides: Sequence[Word]
    words: Sequence[Word]
    width: int = WIDTH
    height: int = TOP + PLOT + BOTTOM
    left: int = LEFT
    right: int = WIDTH - GAP


def heat(figures: Mapping[tuple[str, str], Figure], columns: Mapping[str, str], rows: Mapping[str, str]) -> Heat:
    """A field for each column and row; both map keys to words, in order."""
    width = (WIDTH - LEFT) // max(1, len(columns))
    return Heat(
        height=TOP + ROW * len(rows),
        cell_width=width - GAP,
        columns=[Word(word, LEFT + width * i + width // 2, TOP - 12) for i, word in enumerate(columns.values())],
        rows=[Word(word, LEFT - 10, TOP + ROW * i + ROW // 2) for i, word in enumerate(rows.values())],
        cells=[
            _cell(figures.get((column, row)), LEFT + width * x, TOP + ROW * y)
            for y, row in enumerate(rows)
            for x, column in enumerate(columns)
        ],
    )


def lines(figures: Sequence[Figure], words: Sequence[str], guides: Mapping[str, Mean]) -> Lines:
    """A line through figures side by side; it breaks where one is hidden. `guides` are levels to compare with."""
    step = (WIDTH - LEFT) // max(1, len(figures))
    spots = [(LEFT + step * i + step // 2, figure) for i, figure in enumerate(figures)]
    every = -(-len(figures) // 6)  # more words than that run into each other
    runs = groupby(spots, key=lambda spot: spot[1].hidden)
    shown = [list(run) for hidden, run in runs if not hidden]
    return Lines(
        pieces=[" ".join(f"{x},{_height(figure.mean)}" for x, figure in run) for run in shown],
        points=[Word(figure.mean.shown(), x, _height(figure.mean)) for run in shown for x, figure in run],
        guides=[Word(text, LEFT - 10, _height(mean)) for text, mean in guides.items()],
        words=[
            Word(word, x, TOP + PLOT + 26)
            for i, ((x, _), word) in enumerate(zip(spots, words, strict=True))
            if i % every == 0
        ],
    )


def _cell(figure: Figure | None, x: int, y: int) -> Cell:
    if figure is None or figure.hidden:
        return Cell(x, y, "", None)
    return Cell(x, y, figure.mean.shown(), _shade(figure.mean))


def _shade(mean: Mean) -> int:
    """A shade for each half point from 2.5 on, where the means of whole groups differ."""
    return max(0, min(4, 2 * mean.sum // mean.count - 5))


def _height(mean: Mean) -> int:
    return TOP + PLOT - PLOT * mean.sum // (mean.count * HIGHEST)
