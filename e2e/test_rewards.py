"""A card from the printer to the tuck shop and the reward room, with a network and without."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from e2e.browser import launch
from e2e.camera import arguments, film, held, printed_cards
from e2e.cards import heroes, new_card, open_all_day
from e2e.screens import A_WHILE, Cards, Counter, Door, Enrol, SignIn
from e2e.server import Server

HEAD, SELLER, RECEPTION, PASSWORD = "c.quartey", "y.haddad", "d.tranter", "reachable-demo"


@pytest.fixture
def reel(tmp_path: Path) -> Path:
    """What the till's camera shows, once the card is printed."""
    return tmp_path / "film.mjpeg"


@pytest.fixture
def with_camera(playwright: Playwright, reel: Path) -> Iterator[Browser]:
    browser = launch(playwright, *arguments(reel))
    yield browser
    browser.close()


def new_tablet(server: Server, page: Page, duty: str, username: str) -> Page:
    code = json.loads(server.command("enrol-code", "--duty", duty, "--json"))["code"]
    Enrol(page).with_code(server.url, code).with_password(username, PASSWORD)
    return page


def test_a_card_buys_opens_the_door_and_works_without_the_school(
    server: Server, browser: Browser, with_camera: Browser, reel: Path
) -> None:
    open_all_day(server)
    (_, name), (second, other), *_ = heroes(server)
    desk = browser.new_context().new_page()
    desk.goto(f"{server.url}/sign-in")
    SignIn(desk).with_password(HEAD, PASSWORD)
    sheet = Cards(desk).open(server.url).print_new_card(name)
    film(reel, [(held(printed_cards(sheet)[0]), 30), (held(None), 10)])

    till = new_tablet(server, with_camera.new_context().new_page(), "till", SELLER)
    counter = Counter(till).open(server.url)
    counter.use_camera()
    counter.expect_student(name, "2 of 2 left today")
    counter.take("Apple")
    counter.expect_student(name, "1 of 2 left today")
    counter.take("Juice")
    counter.expect_refused(name, "Apple")
    counter.use_camera()  # off again: it would read the card that still lies there

    reception = new_tablet(server, browser.new_context().new_page(), "reception", RECEPTION)
    door = Door(reception).open(server.url)
    card = new_card(server, second)
    reception.reload()
    door.find(name)
    door.expect_answer("Welcome", name)
    door.let_in()
    door.expect_inside(name)

    server.kill()
    door.scan(server.url, card)
    door.expect_answer("Welcome", other)
    door.let_in()
    door.expect_inside(other)
    counter.open(server.url).find(other)
    counter.expect_student(other, "2 of 2 left today")
    counter.take("Popcorn")
    counter.expect_saved_here(1)
    server.start()
    counter.expect_saved_at_school()
    door.expect_saved_at_school()

    desk.goto(f"{server.url}/office/tuck")
    for words in (f"{name}: Apple", f"{name}: Juice", f"{other}: Popcorn"):
        expect(desk.get_by_role("main")).to_contain_text(words, timeout=A_WHILE)
    desk.goto(f"{server.url}/room")
    for student in (name, other):
        expect(desk.get_by_role("button", name=f"Leave: {student}")).to_be_visible()
