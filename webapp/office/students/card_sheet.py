"""Students' cards as a PDF to print: cards of the usual size (ID-1) on A4, with marks along which they are cut."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_Q
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from webapp.office.students.lettering import draw, width_of
from webapp.web.pictures import NoPhotoError, photo

WIDTH, HEIGHT = 85.60 * mm, 53.98 * mm
COLUMNS, ROWS = 2, 5
GAP = 3 * mm
MARK: Final = (0.4 * mm, 2.2 * mm)  # from a card's corner, where a cutting mark begins and ends
INSET = 4.5 * mm
CODE = 46 * mm  # with the quiet border of four squares that readers need
BORDER = 4
MASK = 2  # choosing the finest of the eight takes three times as long as all the rest
PHOTO = (16 * mm, 20 * mm)
PHOTO_DOTS = (300, 375)
ROOM = WIDTH - CODE - INSET - 3 * mm  # for words, left of the code
INK, SOFT, LEAF = HexColor("#232b27"), HexColor("#59635c"), HexColor("#2c6a4d")
LARGEST, ONE_LINE, LEADING = 20, 13, 1.15  # points: a name's largest size, and the least at which it stays on one line
SMALL, TINY = 8.5, 6.0
FOUND = ("Found it? Please take", "it to the school office.")
GROUND, AROUND = "ground", 9  # points beside a card, for the cutting marks


@dataclass(frozen=True, slots=True)
class CardFace:
    """What is printed for one student: the name, the text of the code, and a photo if there is to be one."""

    name: str
    address: str
    photo: Path | None


def card_sheet(school: str, faces: Sequence[CardFace]) -> bytes:
    """The PDF, ten cards a page in the order given."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=1)
    canvas.setTitle("Cards")
    _keep_ground(canvas, school)
    for i, face in enumerate(faces):
        place = i % (COLUMNS * ROWS)
        if i and not place:
            canvas.showPage()
        _draw_card(canvas, face, *corner(place))
    canvas.save()
    return file.getvalue()


def corner(place: int) -> tuple[float, float]:
    """The lower left corner of a card, row by row from the top."""
    row, column = divmod(place, COLUMNS)
    left = (A4[0] - COLUMNS * WIDTH - (COLUMNS - 1) * GAP) / 2
    top = (A4[1] + ROWS * HEIGHT + (ROWS - 1) * GAP) / 2
    return left + column * (WIDTH + GAP), top - HEIGHT - row * (HEIGHT + GAP)


def _keep_ground(canvas: Canvas, school: str) -> None:
    """What all cards share, kept once in the file."""
    canvas.beginForm(GROUND, -AROUND, -AROUND, WIDTH + AROUND, HEIGHT + AROUND)
    _draw_marks(canvas)
    canvas.setFillColor(LEAF)
    draw(canvas, school, INSET, HEIGHT - INSET - SMALL, min(SMALL, ROOM / width_of(school, 1)))
    canvas.setFillColor(SOFT)
    for i, line in enumerate(reversed(FOUND)):
        draw(canvas, line, INSET, INSET + i * LEADING * TINY, TINY)
    canvas.endForm()


def _draw_marks(canvas: Canvas) -> None:
    begin, end = MARK
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.25)
    for x, outward in ((0, -1), (WIDTH, 1)):
        for y, upward in ((0, -1), (HEIGHT, 1)):
            canvas.line(x + outward * begin, y, x + outward * end, y)
            canvas.line(x, y + upward * begin, x, y + upward * end)


def _draw_card(canvas: Canvas, face: CardFace, x: float, y: float) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm(GROUND)
    top = HEIGHT - INSET - 2 * SMALL
    if picture := _photo(face.photo):
        top -= PHOTO[1]
        canvas.drawImage(picture, INSET, top, *PHOTO)
    canvas.setFillColor(INK)
    _draw_name(canvas, face.name, INSET + 4 * TINY, top)
    _draw_code(canvas, face.address, WIDTH - CODE - 1.5 * mm, (HEIGHT - CODE) / 2)
    canvas.restoreState()


def _draw_name(canvas: Canvas, name: str, bottom: float, top: float) -> None:
    """On one line if that can be large enough, else a line for each word; as large as all of it fits."""
    lines = [name] if width_of(name, ONE_LINE) <= ROOM else name.split()
    widest = max(width_of(line, 1) for line in lines) or 1
    size = min(LARGEST, ROOM / widest, (top - bottom) / (len(lines) * LEADING))
    first = (top + bottom + len(lines) * LEADING * size) / 2
    for i, line in enumerate(lines):
        draw(canvas, line, INSET, first - (i + 0.8) * LEADING * size, size)


def _photo(path: Path | None) -> ImageReader | None:
    """The photo, upright and in the card's proportions; a file that is not there or no picture is left out."""
    try:
        return ImageReader(photo(path, PHOTO_DOTS)) if path else None
    except NoPhotoError:
        return None


def _draw_code(canvas: Canvas, text: str, x: float, y: float) -> None:
    """A QR code of level Q: a quarter of it may be scratched. One path, so that no hairlines show between squares."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=BORDER, mask_pattern=MASK)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    side = CODE / len(rows)
    path = canvas.beginPath()
    for i, row in enumerate(rows):
        for first, last in _dark(row):
            path.rect(x + first * side, y + CODE - (i + 1) * side, (last - first) * side, side)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Where dark squares stand side by side: the first of each run, and the one after its last."""
    edges = [i for i, (before, here) in enumerate(zip([False, *row], [*row, False], strict=True)) if before != here]
    return list(zip(edges[::2], edges[1::2], strict=True))
