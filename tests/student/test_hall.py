"""The board in the hall, in a real browser: it changes by itself, rests where asked, and keeps up."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders_rewards import do, give
from tests.student.conftest import INAYA, TUESDAY, WEDNESDAY, ZOE
from tests.worker.school import School
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing

MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)
LEADING, BESTS, RISING = "Leading this half term", "Best week yet", "Rising fast"

Motion = Literal["no-preference", "reduce"]


@pytest.fixture
def open_board(school: School, classrooms: object, browser: Browser) -> Iterator[Callable[[Motion], Page]]:
    """The board on the hall's tablet, whose clock stands until a test moves it."""
    give(ZOE, 3)
    give(INAYA, 3)
    give(ZOE, 5, TUESDAY)
    contexts = ExitStack()

    def open_board(motion: Motion = "no-preference") -> Page:
        with writing():
            code = make_code("kiosk", school.app.config["CLOCK"]()).text
        context = contexts.enter_context(browser.new_context(reduced_motion=motion))
        context.request.post(f"{school.url}/sync/v1/enrol", data={"code": code, "name": "Hall"})
        page = context.new_page()
        page.clock.install(time=MORNING)
        page.clock.pause_at(MORNING + timedelta(hours=1))
        page.goto(f"{school.url}/hall")
        shows(page, LEADING)
        return page

    yield open_board
    contexts.close()


def shows(page: Page, title: str) -> None:
    """This list is on the screen, and no other."""
    expect(page.get_by_role("heading", level=2)).to_have_text([title])


def test_it_shows_one_list_after_the_other(open_board: Callable[..., Page]):
    page = open_board()
    for title in (BESTS, RISING, LEADING):
        page.clock.run_for(15_000)
        shows(page, title)


def test_it_rests_when_asked(open_board: Callable[..., Page]):
    page = open_board()
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    shows(page, LEADING)
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(15_000)
    shows(page, BESTS)


def test_for_who_wants_less_movement_it_rests_and_is_moved_on_by_hand(open_board: Callable[..., Page]):
    page = open_board("reduce")
    page.clock.run_for(60_000)
    shows(page, LEADING)
    page.keyboard.press("ArrowRight")
    shows(page, BESTS)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    shows(page, RISING)
    page.get_by_role("button", name="Next").click()
    shows(page, LEADING)


def test_new_names_come_by_themselves_and_stay_without_a_network(open_board: Callable[..., Page], school: School):
    page = open_board("reduce")
    expect(page.get_by_role("listitem").filter(has_text="Zoë")).to_be_visible()
    do("board.name", {"student": str(ZOE), "alias": "Comet", "opted_out": False}, by="p.okonkwo")
    give(INAYA, 4, WEDNESDAY)
    page.clock.run_for(5 * 60_000)
    expect(page.get_by_role("listitem").filter(has_text="Comet")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Zoë")).to_have_count(0)
    school.stop()
    page.clock.run_for(5 * 60_000)
    expect(page.get_by_role("listitem").filter(has_text="Comet")).to_be_visible()
