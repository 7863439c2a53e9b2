"""Names of any script, drawn without a font in the file."""

import io
import struct
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from webapp.office.students import lettering
from webapp.office.students.lettering import draw, width_of

SIZE = 20
UNKNOWN = "\ue000"  # a private character, which no font has


def picture(text: str) -> Image.Image:
    """The text in black on white."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 40))
    draw(canvas, text, 10, 12, SIZE)
    canvas.save()
    return pypdfium2.PdfDocument(file.getvalue())[0].render(scale=2).to_pil().convert("L")


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The part of the picture that is not white: left, top, right, bottom."""
    box = ImageChops.invert(picture).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    "name",
    [
        "Zoë",
        "Łukasz Żółć",
        "İbrahim Şahin",
        "Nguyễn Thị Hường",
        "Siân Ŵ.",
        "Ștefan",
        "Олександр",
        "Ελένη",
        "עומר",
        "عمر",
        "გიორგი",
    ],
)
def test_letters_of_these_scripts_are_there_whatever_the_server_has(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("webapp.office.students.lettering.INSTALLED", ())
    assert all(picture(char) != picture(UNKNOWN) for char in name if char.isalpha())


def test_a_letter_nobody_has_leaves_an_empty_box():
    left, top, right, bottom = ink(picture(UNKNOWN))
    assert right - left > SIZE / 2
    assert bottom - top > SIZE / 2
    assert picture(UNKNOWN).getpixel(((left + right) // 2, (top + bottom) // 2)) == 255


def test_a_collection_of_fonts_is_a_font_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As those of Chinese, Japanese and Korean come."""
    found = next(path for path in Path("/usr/share/fonts").rglob("NotoSansBengali-Bold.ttf"))
    (tmp_path / "Bengali.ttc").write_bytes(collection(found.read_bytes()))
    monkeypatch.setattr(lettering, "INSTALLED", (tmp_path,))
    lettering._font_for.cache_clear()
    assert picture("গ") != picture(UNKNOWN)
    lettering._font_for.cache_clear()


def collection(font: bytes) -> bytes:
    """A collection that holds one font, whose tables lie 16 bytes later than before."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = [struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count)]
    moved = [struct.pack(">4sIII", tag, check, start + 16, length) for tag, check, start, length in tables]
    head = struct.pack(">4sIII", b"ttcf", 0x10000, 1, 16)
    return head + font[:12] + b"".join(moved) + font[12 + 16 * count :]


@pytest.mark.parametrize("text", ["Zoë Okafor", "Олександр", "عمر خان", "Omar خ."])
def test_a_text_is_as_wide_as_it_says(text: str):
    left, _, right, _ = ink(picture(text))
    assert (right - left) / 2 == pytest.approx(width_of(text, SIZE), abs=SIZE / 4)


@pytest.mark.parametrize(("text", "is_joined"), [("سبب", True), ("س\u200cب\u200cب", False), ("Zoe", False)])
def test_letters_that_join_are_joined(text: str, is_joined: bool):
    drawn = picture(text)
    left, top, right, bottom = ink(drawn)
    columns = (ImageChops.invert(drawn.crop((x, top, x + 1, bottom))) for x in range(left, right))
    assert all(column.getbbox() for column in columns) == is_joined


def test_what_is_read_from_the_right_begins_there():
    mixed, latin = picture("عمر Z"), picture("Z")
    _, top, right, bottom = ink(latin)
    assert mixed.crop((0, top, right, bottom)) == latin.crop((0, top, right, bottom))


def test_a_name_without_letters_takes_no_room():
    assert (width_of("", SIZE), ImageChops.invert(picture(" ")).getbbox()) == (0, None)
