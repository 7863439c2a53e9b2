"""How a sheet of cards is laid out."""

from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from PIL import Image, ImageChops
from reportlab.lib.units import mm

from e2e.camera import printed_cards
from tests.builders import create_group, create_student
from webapp.config import Settings
from webapp.office.students.card_sheet import CardFace, card_sheet, corner
from webapp.student.cards import photo_of

BLUE = (40, 90, 180)
LONG = "Wolfeschlegelsteinhausenbergerdorff Oluwaseun-Alexander"


def faces(count: int, name: str = "Zoë O.", photo: Path | None = None) -> list[CardFace]:
    return [CardFace(name, "https://reachable.example/card#AAAAAAAAAAAAAAAAAAAAAA", photo)] * count


def photo(folder: Path, size: tuple[int, int] = (640, 480)) -> Path:
    path = folder / "photo.jpg"
    Image.new("RGB", size, BLUE).save(path)
    return path


def is_blue(card: Image.Image) -> bool:
    """Whether the photo is on the card."""
    difference = ImageChops.difference(card, Image.new("RGB", card.size, BLUE))
    return min(difference.convert("L").tobytes()) < 8


def empty_margin(card: Image.Image) -> bool:
    """Whether nothing is printed in the outermost millimetre and a half, where a cut may go wrong."""
    edge = round(1.5 * card.width / 85.6)
    left, top, right, bottom = ImageChops.invert(card.convert("L")).point(lambda dot: dot > 60 and 255).getbbox()  # type: ignore[misc]
    return min(left, top) >= edge and right <= card.width - edge and bottom <= card.height - edge


def test_cards_lie_ten_to_a_page_of_a4_apart_from_each_other():
    sheet = pypdfium2.PdfDocument(card_sheet("Hazelwood School", faces(11)))
    assert [page.get_size() for page in sheet] == [pytest.approx((210 * mm, 297 * mm), abs=1)] * 2
    corners = [corner(place) for place in range(10)]
    assert len(set(corners)) == 10
    for x, y in corners:
        assert 0 < x < 210 * mm - 85.60 * mm
        assert 0 < y < 297 * mm - 53.98 * mm
    assert corners[1][0] - corners[0][0] > 85.60 * mm
    assert corners[0][1] - corners[2][1] > 53.98 * mm


@pytest.mark.parametrize("name", ["Al", "Zoë O.", LONG, "গৌরী", "عمر خان", "One Two Three Four Five Six", ""])
@pytest.mark.parametrize("school", ["Hazelwood School", "The Trust's Academy of Saint Somebody the Elder and Friends"])
def test_whatever_the_names_nothing_is_cut_off(tmp_path: Path, name: str, school: str):
    for picture in (None, photo(tmp_path)):
        card = printed_cards(card_sheet(school, faces(1, name, picture)))[0]
        assert empty_margin(card)


@pytest.mark.parametrize("size", [(640, 480), (300, 1000)])
def test_a_photo_is_on_the_card_in_its_own_proportions(tmp_path: Path, size: tuple[int, int]):
    assert is_blue(printed_cards(card_sheet("School", faces(1, photo=photo(tmp_path, size))))[0])
    assert not is_blue(printed_cards(card_sheet("School", faces(1)))[0])


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut off"])
def test_a_photo_that_is_none_is_left_out(tmp_path: Path, content: bytes):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(content)
    assert card_sheet("School", faces(1, photo=broken))
    assert card_sheet("School", faces(1, photo=tmp_path / "missing.jpg"))


@pytest.mark.parametrize(("upn", "has_photo"), [("A1", True), ("../A1", False)])
def test_photos_are_those_of_the_data_folder_and_no_others(app: Flask, settings: Settings, upn: str, has_photo: bool):
    create_group()
    student = create_student(upn=upn)
    found = photo_of(student, settings.data)
    assert found == (settings.data / "photos" / "A1.jpg" if has_photo else None)
