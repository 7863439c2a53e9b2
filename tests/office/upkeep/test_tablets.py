"""The page of the tablets: what each is for, how it is, and what is wrong with it, in words."""

from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_tablet
from tests.office.conftest import Person, Sign


@pytest.fixture
def tablet(app: Flask, people: None) -> Tablet:
    return create_tablet(app)


@pytest.fixture
def office(sign_in: Sign) -> Person:
    return sign_in("office")


def test_a_tablet_is_renamed(tablet: Tablet, office: Person):
    assert office.post(f"/office/tablets/{tablet.device}/name", name=" Trolley <3> ").location == "/office/tablets"
    assert "Trolley &lt;3&gt;" in office.get("/office/tablets").text
    office.post(f"/office/tablets/{tablet.device}/name", name=" ")
    assert "Trolley &lt;3&gt;" in office.get("/office/tablets").text


def test_what_a_tablet_says_of_itself_is_shown(tablet: Tablet, office: Person):
    health = {"version": "4f2a", "unsent": 3, "oldest": "2026-03-03T08:21:00.000Z", "used": 5_000_000}
    tablet.push([], health=health | {"quota": 5_100_000, "persisted": False})
    page = office.get("/office/tablets").text
    for words in ("4f2a", "5 MB of 5 MB", "nearly full", "may clear what it holds", "the oldest from"):
        assert words in page
    tablet.push([])
    assert "4f2a" in office.get("/office/tablets").text


@pytest.mark.parametrize(
    "health", [1, [], {"version": 3, "unsent": -1, "oldest": "soon", "persisted": "yes", "used": True, "quota": 2**70}]
)
def test_what_cannot_be_understood_of_it_harms_nothing(tablet: Tablet, office: Person, health: Any):
    assert tablet.push([], health=health).status_code == 200
    assert office.get("/office/tablets").status_code == 200


def test_a_silent_tablet_is_noticed(tablet: Tablet, office: Person):
    tablet.push([])
    assert "Silent" not in office.get("/office/tablets").text
    tablet.clock.move(days=6)
    office.sign_in()
    assert "Silent for 6 days" in office.get("/office/tablets").text


def test_a_tablet_whose_memory_was_cleared_is_noticed_until_it_is_heard(tablet: Tablet, office: Person):
    tablet.client.get("/today", headers={"Sec-Fetch-Mode": "navigate"})
    assert "Its memory was cleared" in office.get("/office/tablets").text
    tablet.push([])
    assert "Its memory was cleared" not in office.get("/office/tablets").text


def test_a_copied_tablet_is_noticed(tablet: Tablet, office: Person):
    tablet.mark(1, 1, 4)
    tablet.push()
    tablet.push([tablet.ops[0] | {"body": {}}])
    assert "sent something else under this number" in office.get("/office/tablets").text


def test_a_tablet_that_is_enrolled_again_says_as_what(tablet: Tablet, office: Person):
    page = office.post("/office/tablets/code", duty="door").text
    tablet.enrol(page.split('<p class="big num">')[1].split("</p>")[0], "At the door")
    listed = office.get("/office/tablets").text
    assert "It was enrolled again as “At the door”" in listed
    assert "Door of the reward room" in listed


def test_a_tablet_in_the_hall_shows_the_board_and_holds_nobody(app: Flask, people: None):
    hall = create_tablet(app, duty="hall")
    assert hall.client.get("/hall").status_code == 200
    assert hall.client.get("/kiosk").status_code == 403
    hall.pull()
    assert {table for table, _ in hall.rows} == {"school"}
