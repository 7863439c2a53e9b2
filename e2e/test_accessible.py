"""axe finds nothing on any screen, light and dark, on a tablet and on a phone; marks are easy to hit."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from e2e.axe import expect_accessible
from e2e.cards import print_cards
from e2e.screens import Card, Choose, Enrol, Kiosk, Policy, SignIn, Spaces
from e2e.server import Server

TEACHER, HEAD, PASSWORD = "a.adeyemi", "c.quartey", "reachable-demo"
SIZES: dict[str, ViewportSize] = {"tablet": {"width": 820, "height": 1180}, "phone": {"width": 390, "height": 844}}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 740}
SCORE_TARGET = 48  # px


@pytest.fixture(scope="module")
def running(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests that change nothing which others look at."""
    server = Server(Path(shutil.copytree(demo, tmp_path_factory.mktemp("running") / "data")))
    yield server
    server.stop()


@pytest.fixture
def kept(running: Server) -> Server:
    if running.process is None:
        running.start()
    return running


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES[request.param], reduced_motion="reduce")
    yield context.new_page()
    context.close()


def open_everything(page: Page) -> None:
    """What is folded away must be readable too."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")


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
    kept.stop()
    lesson.mark(student, 4)
    lesson.expect_saved_here(1)
    open_everything(page)
    expect_accessible(page)
    page.reload()
    page.get_by_role("link", name=student, exact=True).click()
    page.get_by_role("heading", name=student, level=1).wait_for()
    open_everything(page)
    expect_accessible(page)
    board = Spaces(page).open()
    expect_accessible(page)
    board.ask_for("Hazel")
    open_everything(page)
    expect_accessible(page)
    Choose(page).student(student)
    board.expect_state("Hazel", "asked — radio it")
    board.enter("Hazel", student)
    open_everything(page)
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


def test_every_desk_page_is_accessible(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sign-in")
    SignIn(page).with_password(HEAD, PASSWORD)
    rewards = ("tuck", "options", "limits", "trip", "cards", "board", "import")
    timetable = ("timetable?of=group:8H", "timetable/lesson?of=group:8H&group=8H&day=1&period=1")
    data = ("data", "data/kept", "data/kept/now")
    for path in ("tablets", "attention", "plans", "apart", "records", *rewards, "tracker", *timetable, *data):
        page.goto(f"{server.url}/office/{path}")
        open_everything(page)
        expect_accessible(page)
    for path in ("/office/accounts/", "/office/accounts/a.adeyemi", "/account/", "/account/second-factor"):
        page.goto(f"{server.url}{path}")
        open_everything(page)
        expect_accessible(page)
    page.goto(f"{server.url}/office/tablets")
    page.get_by_role("button", name="Show a code").click()
    expect_accessible(page)
    draft = Policy(page).open_draft(server.url)
    expect_accessible(page)
    draft.change("Creative from a mean of", "5.5")
    expect_accessible(page)
    draft.change("Creative from a mean of", "3.5")
    open_everything(page)
    expect_accessible(page)
    draft.adopt("It is kinder")
    expect_accessible(page)
    page.goto(f"{server.url}/office/policy")
    expect_accessible(page)


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
