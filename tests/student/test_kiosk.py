"""The tablet and the board in the hall: who may open them, and whose names they show."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import create_tablet
from tests.builders_rewards import do, give
from tests.office.conftest import Person
from tests.student.conftest import INAYA, TUESDAY, ZOE, Post
from webapp.domain.access.duties import DUTIES
from webapp.domain.access.rights import DESK_AND_LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Device, db
from webapp.sync.log.revisions import writing

OPENS = {"/kiosk": ("kiosk",), "/hall": ("kiosk", "hall")}
PAGES = {"/kiosk": "This page is for the tablet in the hall", "/hall": "The board is on the screen in the hall"}


@pytest.mark.parametrize("path", PAGES)
def test_the_tablet_enrolled_for_the_hall_opens_them_and_no_other(classrooms: Flask, path: str):
    for duty in DUTIES:
        answer = create_tablet(classrooms, duty=duty).client.get(path)
        expected = (200, False) if duty in OPENS[path] else (403, True)
        assert (duty, answer.status_code, PAGES[path] in answer.text) == (duty, *expected)


@pytest.mark.parametrize("path", PAGES)
def test_a_tablet_taken_out_of_use_opens_neither(kiosk: FlaskClient, path: str):
    with writing():
        device = db.session.query(Device).filter_by(duty="kiosk").one()
        device.revoked_at = device.enrolled_at
    assert kiosk.get(path).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_told_kindly_where_it_is(classrooms: Flask, path: str):
    answer = classrooms.test_client().get(path)
    assert (answer.status_code, PAGES[path] in answer.text) == (403, True)


def test_the_desk_opens_the_board_and_not_the_tablet(classrooms: Flask):
    for role in ROLES:
        person, allowed = Person(classrooms, role), role in DESK_AND_LEADERS
        assert (role, person.get("/hall").status_code) == (role, 200 if allowed else 403)
        assert (role, person.get("/kiosk").status_code) == (role, 403)


def test_a_name_taken_up_with_a_tap_does_not_open_the_board(classrooms: Flask):
    person = Person(classrooms, "head")
    with person.client.session_transaction() as session:
        session["_fresh"] = False
    assert person.get("/hall").status_code == 403


def test_a_card_shown_at_the_tablet_in_the_hall_opens(kiosk: FlaskClient, tokens: dict[int, str]):
    assert "Hello <bdi>Zoë</bdi>" in kiosk.post("/card/points", data={"token": tokens[ZOE]}).text


def test_the_board_shows_first_names_and_aliases_without_places(kiosk: FlaskClient):
    for student, mark in ((ZOE, 4), (INAYA, 5)):
        give(student, mark, TUESDAY)
    do("board.name", {"student": str(INAYA), "alias": "Comet <3", "opted_out": False}, by="p.okonkwo")
    page = kiosk.get("/hall").text
    assert "<bdi>Zoë</bdi>" in page
    assert "<bdi>Comet &lt;3</bdi>" in page
    assert not any(word in page for word in ("Inaya", "Okafor", "Begum", "<ol", "4.5"))


def test_who_opted_out_is_never_on_the_board(kiosk: FlaskClient):
    for student in (ZOE, INAYA):
        give(student, 5, TUESDAY)
    do("board.name", {"student": str(ZOE), "alias": "Comet", "opted_out": True}, by="p.okonkwo")
    page = kiosk.get("/hall").text
    assert "Inaya" in page
    assert not any(word in page for word in ("Zoë", "Comet"))


def test_before_the_first_mark_the_board_says_so(classrooms: Flask, kiosk: FlaskClient, post: Post):
    give(ZOE, None)
    assert "Names show here with the first marks." in kiosk.get("/hall").text
