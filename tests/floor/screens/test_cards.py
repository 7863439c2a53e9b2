"""Whose card was scanned, as Flask answers it; a tablet's worker does the same (tests/worker/pages/test_cards.py)."""

import pytest
from flask import Flask

from tests.builders import create_group, create_student
from tests.office.conftest import Person
from webapp.student.cards import digest_of, issue


@pytest.fixture
def key(app: Flask, teacher: Person) -> str:
    """The key of the card of student 1."""
    [token] = issue([create_student().id], "office").values()
    return digest_of(token)[:24]


@pytest.fixture
def teacher(app: Flask) -> Person:
    Person(app, "office")
    create_group()
    return Person(app, "teacher")


@pytest.mark.parametrize(
    ("to", "path"),
    [("tuck", "/tuck/1"), ("room", "/room/1"), ("student", "/student/1"), ("", "/student/1"), ("//evil", "/student/1")],
)
def test_a_card_leads_to_its_student_at_the_place_that_asks(teacher: Person, key: str, to: str, path: str):
    answer = teacher.get(f"/card/{key}?to={to}")
    assert (answer.status_code, answer.location) == (303, path)


def test_a_card_that_was_replaced_stops_at_once(teacher: Person, key: str):
    issue([1], "office")
    answer = teacher.get(f"/card/{key}?to=room")
    assert answer.status_code == 404
    assert "This card does not work any more" in answer.text
    assert "Ask the office for a new one." in answer.text
    assert 'data-scan="/room/{student}"' in answer.text


@pytest.mark.parametrize("wrong", ["0" * 24, "%25", "_" * 24, "f" * 23, "é", "\x00"])
def test_what_is_no_card_is_told_so(teacher: Person, key: str, wrong: str):
    assert teacher.get(f"/card/{wrong}").status_code == 404


def test_a_part_of_a_key_is_no_key(teacher: Person, key: str):
    assert teacher.get(f"/card/{key[:-1]}").status_code == 404
    assert teacher.get(f"/card/{key[:-1]}%25").status_code == 404
