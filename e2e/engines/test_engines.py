"""The main journeys in three engines. What a school's tablets run is not ours to choose."""

import shutil
from pathlib import Path

from e2e.cards import heroes, new_card, open_all_day
from e2e.engines.conftest import Journey
from e2e.engines.steps import (
    RECEPTION,
    SELLER,
    TEACHER,
    enrol,
    exactly,
    expect_at_school,
    expect_mark,
    mark,
    open_lesson,
    scan,
)
from e2e.engines.tablet import Tablet
from e2e.server import ROOT, Server

CHANGED = "css/floor.css"
STUDENT = "Osian Griffiths"
CACHES = "return caches.keys()"


def test_a_teachers_day_without_the_school_with_an_update_and_put_down_at_its_end(
    journey: Journey, tmp_path: Path
) -> None:
    """One tablet in one pair of hands: enrolling and the first visit are a good part of what a journey costs."""
    tablet, server = journey.tablet, journey.server
    enrol(tablet, server, TEACHER)
    enter_a_space(tablet)
    with journey.without_school():
        leave_the_space(tablet)
        student = score_a_lesson(tablet, server)
    expect_mark(tablet, student, 4)
    tablet.click("link", "^Spaces$")
    tablet.see("log", f"{STUDENT} has left Hazel")
    with journey.without_school():
        server.static = newer_version(tmp_path / "static")
    take_the_update(tablet)
    put_down(tablet, server)


def enter_a_space(tablet: Tablet) -> None:
    tablet.click("link", "^Spaces$")
    tablet.click("link", "^Ask for Hazel$")
    tablet.click("button", exactly(STUDENT))
    expect_at_school(tablet)
    tablet.click("button", exactly(f"We are in Hazel with {STUDENT}"))
    tablet.see("link", exactly(f"Hand over or leave: {STUDENT} in Hazel"))
    expect_at_school(tablet)


def leave_the_space(tablet: Tablet) -> None:
    tablet.click("link", exactly(f"Hand over or leave: {STUDENT} in Hazel"))
    tablet.click("radio", "^No$")
    tablet.click("button", "^Leave$")
    tablet.see("link", "^Ask for Hazel$")


def score_a_lesson(tablet: Tablet, server: Server) -> str:
    """What is tapped outlives a reload, and the end of the browser. Returns who was marked 4."""
    tablet.open(f"{server.url}/today")
    first, second, *_ = open_lesson(tablet)
    address = tablet.address
    mark(tablet, first, 4)
    mark(tablet, second, 2)
    tablet.see("status", "3 saved on this tablet")
    tablet.reload()
    expect_mark(tablet, first, 4)
    tablet.reopen()
    tablet.open(address)
    expect_mark(tablet, first, 4)
    expect_mark(tablet, second, 2)
    tablet.see("status", "3 saved on this tablet")
    return first


def newer_version(folder: Path) -> Path:
    """What pages load, with one more line in what all of them do."""
    shutil.copytree(ROOT / "webapp/static", folder)
    with (folder / CHANGED).open("a") as file:
        file.write("/* A newer one. */\n")
    return folder


def take_the_update(tablet: Tablet) -> None:
    """Offered, and taken with one tap."""
    before = tablet.evaluate(CACHES)
    tablet.reload()
    tablet.turn_page(lambda: tablet.click("button", "^An update is ready$"))
    tablet.wait(lambda: tablet.evaluate(CACHES) != before, "still the old version")
    tablet.see_no("button", "^An update is ready$")
    expect_at_school(tablet)


def put_down(tablet: Tablet, server: Server) -> None:
    """It asks who holds it."""
    tablet.open(f"{server.url}/sign-in")
    tablet.click("button", "^Put it down$")
    tablet.see("button", "^Adébáyò Adeyemi$")
    tablet.open(f"{server.url}/today")
    tablet.see("heading", "^I am$")


def test_a_card_buys_at_the_till(journey: Journey) -> None:
    tablet, server = journey.tablet, journey.server
    open_all_day(server)
    (student, name), *_ = heroes(server)
    card = new_card(server, student)
    enrol(tablet, server, SELLER, "till")
    tablet.see("heading", "^Take something back|^Count the shelf|^Tuck shop")
    scan(tablet, server, card)
    tablet.see("heading", exactly(name))
    tablet.see("main", "2 of 2 left today")
    tablet.click("button", "^Apple")
    tablet.see("main", "1 of 2 left today")
    expect_at_school(tablet)
    with journey.without_school():
        tablet.click("button", "^Juice")
        tablet.see("main", "That’s all for today")
        tablet.see("status", "1 saved on this tablet")


def test_the_door_lets_in_and_shows_who_is_inside(journey: Journey) -> None:
    tablet, server = journey.tablet, journey.server
    open_all_day(server)
    (student, name), (second, other), *_ = heroes(server)
    cards = [new_card(server, key) for key in (student, second)]
    enrol(tablet, server, RECEPTION, "reception")
    tablet.see("heading", "^Inside$")
    scan(tablet, server, cards[0])
    tablet.see("main", f"Welcome.*{name}|{name}.*Welcome")
    tablet.click("button", "^Let in$")
    tablet.see("button", exactly(f"Leave: {name}"))
    tablet.wait(lambda: tablet.address == f"{server.url}/room", "the address stays that of the question")
    expect_at_school(tablet)
    with journey.without_school():
        scan(tablet, server, cards[1])
        tablet.see("main", "Welcome")
        tablet.click("button", "^Let in$")
        tablet.see("button", exactly(f"Leave: {other}"))


def test_a_card_opens_its_page_on_a_phone_and_is_forgotten(journey: Journey) -> None:
    tablet, server = journey.tablet, journey.server
    (student, _), *_ = heroes(server)
    tablet.open(f"{server.url}/card#{new_card(server, student)}")
    tablet.see("heading", "^Hello ")
    tablet.click("button", "^Forget my card on this phone$")
    tablet.see("heading", "^Scan your card$")
