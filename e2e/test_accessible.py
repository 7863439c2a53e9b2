"""axe finds nothing on any screen, in light and dark, on tablets and phones; keys reach all; marks are easy to hit."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from e2e.axe import TABLET, expect_accessible, expect_no_sideways_scrolling
from e2e.cards import print_cards
from e2e.desk import BY_FORMS, FIRST_RUN, HEAD, PAGES, PASSWORD, TEACHER, endpoints, fill
from e2e.keyboard import expect_usable_by_keyboard
from e2e.screens import Card, Choose, Enrol, Kiosk, SignIn, Spaces
from e2e.server import Server

SMALL_PHONE: ViewportSize = {"width": 360, "height": 740}
RECEPTION = "d.tranter"
SCORE_TARGET = 48  # px


@pytest.fixture(scope="module")
def running(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests that change nothing which others look at."""
    server = Server(Path(shutil.copytree(demo, tmp_path_factory.mktemp("running") / "data")))
    yield server
    server.kill()


@pytest.fixture
def kept(running: Server) -> Server:
    if running.process is None:
        running.start()
    return running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=TABLET, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_every_floor_screen_is_accessible(kept: Server, page: Page) -> None:
    page.goto(f"{kept.url}/enrol")
    expect_accessible(page)
    code = json.loads(kept.command("enrol-code", "--json"))["code"]
    sign_in = Enrol(page).with_code(kept.url, code)
    expect_accessible(page)
    today = sign_in.with_password(TEACHER, PASSWORD)
    expect_accessible(page)
    lesson = today.open_lesson()
    address, student = lesson.url, lesson.students[0]
    expect_accessible(page)
    kept.kill()
    lesson.mark(student, 4)
    lesson.expect_saved_here(1)
    expect_accessible(page)
    page.reload()
    page.get_by_role("link", name=student, exact=True).click()
    page.get_by_role("heading", name=student, level=1).wait_for()
    expect_accessible(page)
    board = Spaces(page).open()
    expect_accessible(page)
    board.ask_for("Hazel")
    expect_accessible(page)
    Choose(page).student(student)
    board.expect_state("Hazel", "asked — radio it")
    board.enter("Hazel", student)
    expect_accessible(page)
    stay = board.open_stay("Hazel", student)
    stay.leave(None)
    page.get_by_role("alert").wait_for()
    expect_accessible(page)
    rewards = ("/room", "/room/1", "/tuck", "/tuck/1")
    for path in (*rewards, "/waiting", "/sign-in", "/install", "/lesson/999999", "/office/tablets"):
        page.goto(f"{kept.url}{path}")
        expect_accessible(page)
    page.goto(address)
    expect_accessible(page)


def test_every_page_that_flask_alone_serves_has_an_example(kept: Server) -> None:
    with kept.school() as app:
        assert endpoints(app) == PAGES.keys() | BY_FORMS | FIRST_RUN


def test_every_desk_page_is_accessible_and_usable_by_keyboard(server: Server, page: Page) -> None:
    facts = fill(server)
    page.goto(f"{server.url}/sign-in")
    SignIn(page).with_password(HEAD, PASSWORD)
    for path in PAGES.values():
        address = server.url + path.format(**facts)
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, page.url) == (200, address)
        expect_accessible(page)
        expect_usable_by_keyboard(page)
        expect_no_sideways_scrolling(page)


def test_a_page_that_says_no_is_accessible_and_usable_by_keyboard(kept: Server, page: Page) -> None:
    page.goto(f"{kept.url}/sign-in")
    SignIn(page).with_password(RECEPTION, PASSWORD)
    for path, status in {"/office/attention": 403, "/no-such-page": 404, "/set-up/no-such-link": 404}.items():
        answer = page.goto(kept.url + path)
        assert answer is not None
        assert answer.status == status
        expect_accessible(page)
        expect_usable_by_keyboard(page)


def test_every_students_page_is_accessible(kept: Server, page: Page) -> None:
    cards, code = print_cards(kept), json.loads(kept.command("enrol-code", "--duty", "kiosk", "--json"))["code"]
    page.goto(f"{kept.url}/kiosk")
    expect_accessible(page)
    kiosk = Kiosk(page).open(kept.url, code)
    expect_accessible(page)
    kiosk.show(kept.url, cards[3][0])
    expect_accessible(page)
    page.goto(f"{kept.url}/hall")
    for _ in range(3):
        expect_accessible(page)
        page.keyboard.press("ArrowRight")
    page.set_viewport_size(SMALL_PHONE)
    page.goto(f"{kept.url}/card")
    expect_accessible(page)
    for token in (*cards[3][:3], cards[4][0]):
        card = Card(page).open(kept.url, token)
        expect_accessible(page)
    card.forget()
    expect_accessible(page)


def test_marks_are_easy_to_hit(kept: Server, page: Page) -> None:
    page.goto(f"{kept.url}/sign-in")
    lesson = SignIn(page).with_password(TEACHER, PASSWORD).open_lesson()
    for student in lesson.students:
        for mark in range(6):
            box = lesson.button(student, mark).bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= SCORE_TARGET
