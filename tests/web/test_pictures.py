"""Photos that others have made: JPEG or PNG, of a size that can be opened, or left out in words."""

import ast
import io
import os
import struct
import warnings
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from webapp.office.students.card_sheet import CardFace, card_sheet
from webapp.web.pictures import (
    LARGEST,
    TOO_LARGE,
    UNFIT,
    NoPhotoError,
    photo,
    photo_fault,
)

SIZE = (300, 375)
BLUE = (40, 90, 180)
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%stdout) (w) file /x (touched) def showpage\n"


def saved(kind: str, size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, BLUE).save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG that says to be so large, with these chunks between its head and its end."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose head says to be so large."""
    content = saved("JPEG")
    place = content.index(b"\xff\xc0")
    return content[: place + 5] + struct.pack(">HH", height, width) + content[place + 9 :]


def frames(count: int) -> bytes:
    file = io.BytesIO()
    first, *rest = [Image.new("RGB", (40, 50), (n % 256, 90, 180)) for n in range(count)]
    first.save(file, "PNG", save_all=True, append_images=rest)
    return file.getvalue()


@cache
def bomb() -> bytes:
    """Fifty million zeros in little room."""
    return zlib.compress(bytes(50_000_000))


REFUSED: Mapping[str, tuple[Callable[[], bytes], str | None]] = {
    "PostScript": (lambda: POSTSCRIPT, UNFIT),
    "PostScript in a DOS wrapper": (lambda: b"\xc5\xd0\xd3\xc6" + bytes(26) + POSTSCRIPT, UNFIT),
    "GIF": (lambda: saved("GIF"), UNFIT),
    "TIFF": (lambda: saved("TIFF"), UNFIT),
    "BMP": (lambda: saved("BMP"), UNFIT),
    "WebP": (lambda: saved("WEBP"), UNFIT),
    "PDF": (lambda: saved("PDF"), UNFIT),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNFIT),
    "nothing": (lambda: b"", UNFIT),
    "noise": (lambda: bytes(range(256)) * 40, UNFIT),
    "the beginning of a PNG": (lambda: b"\x89PNG\r\n\x1a\n", UNFIT),
    "a PNG of four thousand million dots": (lambda: png(65_000, 65_000, chunk(b"IDAT", bomb())), TOO_LARGE),
    "a PNG of a hundred million dots": (lambda: png(10_000, 10_000, chunk(b"IDAT", bomb())), TOO_LARGE),
    "a PNG as wide as numbers go": (lambda: png(2**31 - 1, 2**31 - 1, chunk(b"IDAT", bomb())), TOO_LARGE),
    "a JPEG of four thousand million dots": (lambda: jpeg_of(65_000, 65_000), TOO_LARGE),
    "a large file": (lambda: saved("JPEG") + bytes(LARGEST), TOO_LARGE),
    "a PNG with text that unpacks to much": (
        lambda: png(40, 50, *[chunk(b"zTXt", b"k\0\0" + bomb())] * 30, chunk(b"IDAT", zlib.compress(b"\0" * 6050))),
        None,
    ),
    "a PNG with a profile that unpacks to much": (
        lambda: png(40, 50, chunk(b"iCCP", b"k\0\0" + bomb()), chunk(b"IDAT", zlib.compress(b"\0" * 6050))),
        None,
    ),
    "a PNG cut short": (lambda: saved("PNG", compress_level=0)[:2_000], None),
    "a JPEG cut short": (lambda: saved("JPEG")[:1_000], None),
    "a PNG of many pictures": (lambda: frames(300), None),
    "a JPEG with much beside the picture": (
        lambda: saved("JPEG", comment=b"x" * 60_000, exif=b"Exif\0\0" + b"\xff" * 60_000),
        None,
    ),
}
"""What is not opened, and what is said of it as far as the beginning tells; None: it may be found out by opening it."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_left_out_and_the_rest_is_printed(tmp_path: Path, name: str):
    make, said = REFUSED[name]
    path = tmp_path / "A1.jpg"
    path.write_bytes(make())
    with warnings.catch_warnings(action="error"):
        if said:
            assert photo_fault(path) == said
            with pytest.raises(NoPhotoError):
                photo(path, SIZE)
        assert card_sheet("Hazelwood", [CardFace("Zoë", "https://x.example/card#A", path)]).startswith(b"%PDF")
    assert not (tmp_path / "touched").exists()


@pytest.mark.parametrize("name", ["A1.jpg", "folder", "missing"])
def test_what_is_no_file_is_no_photo(tmp_path: Path, name: str):

    os.mkfifo(tmp_path / "A1.jpg")
    (tmp_path / "folder").mkdir()
    assert photo_fault(tmp_path / name) == UNFIT


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(640, 480), (1, 1), (5000, 3000)])
def test_a_photo_is_shown_however_large_and_whatever_its_name(tmp_path: Path, kind: str, size: tuple[int, int]):
    path = tmp_path / "A1.jpg"
    path.write_bytes(saved(kind, size))
    assert photo_fault(path) is None
    found = photo(path, SIZE)
    assert (found.size, found.mode) == (SIZE, "RGB")
    assert all(abs(a - b) < 12 for a, b in zip(found.getpixel((150, 180)), BLUE, strict=True))  # type: ignore[arg-type]


def test_nothing_opens_a_picture_without_saying_which_kinds():
    for file in Path("webapp").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("Image.open", "PIL.open")):
                assert "formats" in {word.arg for word in node.keywords}, file
            if isinstance(node, ast.ImportFrom) and node.module == "PIL.Image":
                assert "open" not in {name.name for name in node.names}, file
