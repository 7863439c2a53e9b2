"""Cards as the office prints them, for tablets to read."""

from PIL import Image
from pyzbar.pyzbar import decode

from e2e.camera import printed_cards
from tests.office.conftest import Person
from tests.worker.school import School


def new_card(school: School, student: int = 1) -> Image.Image:
    """A student's new card, printed; the one before stops working."""
    office = Person(school.app, "office")
    return printed_cards(office.post("/office/cards", student=str(student)).data)[0]


def text_of(card: Image.Image) -> str:
    """What its code says, by an independent decoder."""
    [found] = decode(card)
    return str(found.data.decode())
