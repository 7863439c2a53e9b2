"""Words in any script, drawn as outlines: whatever prints them needs no font, and letters that join are joined.

Letters that the font shipped here lacks are looked for in the fonts installed on the server.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import bidirectional

import uharfbuzz as hb
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

SHIPPED = Path(__file__).parent / "fonts" / "DejaVuSansCondensed-Bold.ttf"
INSTALLED = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
NON_ZERO = 1  # ReportLab's word for filling outlines also where they overlap, as letters that join do
RIGHT_TO_LEFT = ("R", "AL")
NEUTRAL = ("ON", "WS", "CS", "ES", "NSM", "BN")


class Run(NamedTuple):
    """Letters that one font draws in one direction."""

    font: Any
    is_leftward: bool
    text: str


def width_of(text: str, size: float) -> float:
    """In points, as `size` is."""
    return sum(_width(run, size) for run in _runs(text))


def draw(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """The text from x on, standing on the line y, in the canvas's colour."""
    path = canvas.beginPath()
    for run in _in_sight(text):
        _draw_run(path, run, x, y, size)
        x += _width(run, size)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=NON_ZERO)


def _in_sight(text: str) -> list[Run]:
    """The runs from left to right: a text that begins leftward goes on to the left."""
    runs = _runs(text)
    return runs[::-1] if runs and runs[0].is_leftward else runs


def _runs(text: str) -> list[Run]:
    grouped = groupby(_letters(text), key=lambda letter: letter[:2])
    return [Run(font, is_leftward, "".join(char for *_, char in letters)) for (font, is_leftward), letters in grouped]


def _letters(text: str) -> Iterator[tuple[Any, bool, str]]:
    """Each character with its font and direction; spaces, points and accents go with what they follow."""
    font, is_leftward = _load(SHIPPED), False
    for char in text:
        if bidirectional(char) not in NEUTRAL:
            is_leftward = bidirectional(char) in RIGHT_TO_LEFT
        if not _has(font, char):
            font = _font_for(char)
        yield font, is_leftward, char


@lru_cache(maxsize=1000)
def _font_for(char: str) -> Any:
    """A font with this character: the shipped one, one that is installed, else the shipped one with its empty box."""
    paths = (path for folder in INSTALLED for path in sorted(folder.rglob("*.[ot]t[cf]")))
    return next((font for font in map(_load, (SHIPPED, *paths)) if _has(font, char)), _load(SHIPPED))


def _has(font: Any, char: str) -> bool:
    return font.get_nominal_glyph(ord(char)) is not None


@cache
def _load(path: Path) -> Any:
    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


def _shaped(run: Run) -> Any:
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.is_leftward else "ltr"
    hb.shape(run.font, buffer)
    return buffer


def _width(run: Run, size: float) -> float:
    units = sum(position.x_advance for position in _shaped(run).glyph_positions)
    return float(units * size / run.font.face.upem)


def _draw_run(path: PDFPathObject, run: Run, x: float, y: float, size: float) -> None:
    scale = size / run.font.face.upem
    shaped = _shaped(run)
    for glyph, position in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
        pen = Pen(path, x + position.x_offset * scale, y + position.y_offset * scale, scale)
        run.font.draw_glyph(glyph.codepoint, _strokes(), pen)
        x += position.x_advance * scale


class Pen(NamedTuple):
    """Where a glyph's origin lies on the page, and the points in a unit of its font."""

    path: PDFPathObject
    x: float
    y: float
    scale: float

    def on_page(self, *points: float) -> list[float]:
        """Coordinates x, y, x, y … of the font as those of the page."""
        return [(self.y if i % 2 else self.x) + point * self.scale for i, point in enumerate(points)]


@cache
def _strokes() -> Any:
    """How an outline walks; curves of the second degree arrive as those of the third."""
    strokes = hb.DrawFuncs()
    strokes.set_move_to_func(lambda x, y, pen: pen.path.moveTo(*pen.on_page(x, y)))
    strokes.set_line_to_func(lambda x, y, pen: pen.path.lineTo(*pen.on_page(x, y)))
    strokes.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.path.curveTo(*pen.on_page(a, b, c, d, x, y)))
    strokes.set_close_path_func(lambda pen: pen.path.close())
    return strokes
