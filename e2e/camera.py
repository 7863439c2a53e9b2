"""Cards held before a camera: pictures of printed cards, and the film that Chromium shows as its camera."""

import io
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter

from webapp.office.students.card_sheet import COLUMNS, HEIGHT, ROWS, WIDTH, corner

VIEW = (1280, 720)
TABLE = (150, 143, 132)  # what lies behind a card
POINTS = 72  # in an inch


def printed_cards(sheet: bytes, dpi: int = 200) -> list[Image.Image]:
    """Pictures of the cards on the pages of a sheet, as a printer of this resolution makes them, and empty places."""
    pages = (page.render(scale=dpi / POINTS).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(sheet))
    return [page.crop(_box(place, page.height, dpi)) for page in pages for place in range(COLUMNS * ROWS)]


def _box(place: int, height: int, dpi: int) -> tuple[int, int, int, int]:
    x, y = corner(place)
    left, bottom, width, tall = (round(length * dpi / POINTS) for length in (x, y, WIDTH, HEIGHT))
    return left, height - bottom - tall, left + width, height - bottom


def held(card: Image.Image | None, width: int = 520, turn: float = 0, blur: float = 0) -> Image.Image:
    """What a camera sees: a card that is so many of its dots wide, turned by degrees and out of focus by dots."""
    view = Image.new("RGB", VIEW, TABLE)
    if card:
        small = card.resize((width, round(width * card.height / card.width)), Image.Resampling.LANCZOS).convert("RGBA")
        turned = small.rotate(turn, Image.Resampling.BICUBIC, expand=True)
        view.paste(turned, ((VIEW[0] - turned.width) // 2, (VIEW[1] - turned.height) // 2), turned)
    return view.filter(ImageFilter.GaussianBlur(blur)) if blur else view


def film(path: Path, scenes: Iterable[tuple[Image.Image, int]]) -> Path:
    """A film of views, each for so many frames of a thirtieth of a second. Chromium plays it over and over.

    A film that is being played is replaced as a whole, and the new one begins when a page opens the camera again.
    """
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        for view, frames in scenes:
            file.write(_jpeg(view) * frames)
    return draft.replace(path)


def _jpeg(view: Image.Image) -> bytes:
    picture = io.BytesIO()
    view.save(picture, "JPEG", quality=90)
    return picture.getvalue()


def arguments(path: Path) -> tuple[str, ...]:
    """What Chromium is told so that the film is its camera, which every page may use."""
    return (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    )
