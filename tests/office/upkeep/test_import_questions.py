"""What an import asks people at the desk: who is the same person, and who has left."""

from datetime import date

import pytest

from tests.imports.test_people import PERMANENT, TEMPORARY
from tests.office.conftest import Person, Sign
from tests.office.upkeep.test_imports import preview
from webapp.models import Student, db


@pytest.fixture
def office(sign_in: Sign) -> Person:
    office = sign_in("office")
    where, page = preview(office, "students", TEMPORARY)
    assert "New groups: <bdi>8H</bdi>" in page.text
    office.post(f"{where}/import")
    return office


def tara() -> list[tuple[str, date | None]]:
    students = db.session.query(Student).filter_by(legal_surname="Temp").order_by(Student.id)
    return [(student.upn, student.left) for student in students]


def test_the_same_person_is_asked_about_and_decided(office: Person):
    where, page = preview(office, "students", PERMANENT)
    assert "UPN X00180001701A)?" in page.text
    unanswered = office.post(f"{where}/import")
    assert (unanswered.status_code, tara()) == (422, [("X00180001701A", None)])
    assert office.post(f"{where}/import", **{"same-G001800017012": "same"}).status_code == 303
    assert tara() == [("G001800017012", None)]


def test_whoever_is_not_in_the_file_stays_unless_ticked_with_a_day(office: Person):
    lines = TEMPORARY.replace("Temp,Tara", "Else,Ed").replace("X00180001701A,004800", "Z1,2")
    where, page = preview(office, "students", lines)
    assert "not in this file" in page.text
    gone = {"gone-X00180001701A": "on", "left-X00180001701A": ""}
    assert office.post(f"{where}/import", **gone).status_code == 422
    assert office.post(f"{where}/import", **(gone | {"left-X00180001701A": "2026-03-02"})).status_code == 303
    assert tara() == [("X00180001701A", date(2026, 3, 2))]
    where, page = preview(office, "students", lines)
    assert "Temp, Tara" not in page.text
