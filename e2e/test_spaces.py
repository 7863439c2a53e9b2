"""Calling for a reflection space as staff live it, with a network and without."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from e2e.conftest import NewPage
from e2e.screens import A_WHILE, Enrol, SignIn, Spaces, Today
from e2e.server import Server

TEACHER, HEAD, PASSWORD = "a.adeyemi", "c.quartey", "reachable-demo"
TEACHER_NAME, HELPER_NAME = "Adébáyò Adeyemi", "Kit Wainwright"
STUDENT = "Osian Griffiths"
MOST_TABS = 60
COUNT_TAPS = """addEventListener("click", ({ isTrusted }) => {
  if (isTrusted) sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1;
})"""
TAPS = "Number(sessionStorage.taps)"


def new_tablet(server: Server, page: Page, username: str) -> Today:
    code = json.loads(server.command("enrol-code", "--json"))["code"]
    return Enrol(page).with_code(server.url, code).with_password(username, PASSWORD)


def school_time() -> str:
    return datetime.now(ZoneInfo("Europe/London")).strftime("%H:%M")


def timed(do: Callable[[], None]) -> set[str]:
    """What the school's wall clock may have shown while something was done."""
    before = school_time()
    do()
    return {before, school_time()}


def test_a_stay_from_the_ask_to_the_record(server: Server, new_page: NewPage) -> None:
    first, second = new_page(), new_page()
    new_tablet(server, second, HEAD)
    other = Spaces(second).open()
    new_tablet(server, first, TEACHER)
    board = Spaces(first).open()

    board.ask_for("Hazel").student(STUDENT)
    board.expect_state("Hazel", "on the way")
    other.expect_state("Hazel", f"Asked by {TEACHER_NAME}")
    entered = timed(lambda: board.enter("Hazel", STUDENT))
    other.expect_state("Hazel", "In use")

    server.kill()
    stay = board.open_stay("Hazel", STUDENT)
    stay.hand_over_to(HELPER_NAME)
    expect(first.get_by_text(f"With {HELPER_NAME} since")).to_be_visible()
    stay.leave(None)
    expect(first.get_by_role("alert")).to_contain_text("free to leave")
    left = timed(lambda: stay.leave("No"))
    board.expect_state("Hazel", "Free")
    board.ask_for("Hazel").student(STUDENT)
    board.expect_state("Hazel", "asked — radio it")

    server.start()
    board.expect_saved_at_school()
    other.expect_state("Hazel", f"Asked by {TEACHER_NAME}")
    records = new_page()
    records.goto(f"{server.url}/sign-in")
    SignIn(records).with_password(HEAD, PASSWORD)
    records.goto(f"{server.url}/office/records")
    record = records.get_by_role("listitem").filter(has_text=STUDENT).filter(has_text="due today")
    expect(record).to_have_count(1)
    words = record.inner_text()
    assert any(time in words for time in entered), words
    assert any(time in words for time in left), words
    assert HELPER_NAME in words


def test_three_taps_from_opening_the_app_to_the_ask(server: Server, new_page: NewPage) -> None:
    page = new_page()
    today = new_tablet(server, page, TEACHER)
    page.add_init_script(COUNT_TAPS)
    page.goto(server.url)
    Spaces(page).open().ask_for("Chestnut").student(STUDENT)
    Spaces(page).expect_state("Chestnut", STUDENT)
    assert page.evaluate(TAPS) == 3

    lessons = today.open(server.url).lessons
    expect(lessons.first).to_be_visible()
    page.evaluate("sessionStorage.taps = 0")
    lesson = today.open_lesson()
    name = lesson.students[-1]
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name="Ask for Hazel").click()
    expect(page.get_by_role("main")).to_contain_text("Hazel", timeout=A_WHILE)
    Spaces(page).open()
    Spaces(page).expect_state("Hazel", name)
    assert page.evaluate(TAPS) == 4  # the look at the board is the fourth


def test_a_call_for_help_reaches_who_is_on_call_on_any_screen(server: Server, new_page: NewPage) -> None:
    first, second = new_page(), new_page()
    code = json.loads(server.command("enrol-code", "--json"))["code"]
    signing = Enrol(second).with_code(server.url, code)
    second.get_by_label("On call").check()
    signing.with_password(HEAD, PASSWORD)
    new_tablet(server, first, TEACHER)
    Spaces(first).open().call_for_help("Hall", "Two more adults, please")
    alert = second.get_by_role("link", name="Two more adults, please")
    expect(alert).to_be_visible(timeout=A_WHILE)
    alert.click()
    second.get_by_role("button", name="Heard").first.click()
    Spaces(first).expect_said("Heard by Comfort Quartey")
    expect(second.get_by_role("button", name="Heard")).to_have_count(0)


def test_all_of_it_by_keyboard(server: Server, new_page: NewPage) -> None:
    """Every step is a key pressed on what has the focus; only Tab moves it."""
    page = new_page()
    new_tablet(server, page, TEACHER)
    press(page, "link", "Spaces", "Enter")
    press(page, "link", "Ask for Hazel", "Enter")
    page.get_by_label("Find a name").press_sequentially(STUDENT[:6])
    press(page, "button", f"{STUDENT} 7H", "Space")
    press(page, "button", f"We are in Hazel with {STUDENT}", "Space")
    press(page, "link", f"Hand over or leave: {STUDENT} in Hazel", "Enter")
    press(page, "radio", "Yes", "Space")
    press(page, "checkbox", "Music", "Space")
    press(page, "button", "Leave", "Enter")
    Spaces(page).expect_state("Hazel", "Free")


def press(page: Page, role: Literal["link", "button", "radio", "checkbox"], name: str, key: str) -> None:
    """Tab until it has the focus, then the key."""
    wanted = page.get_by_role("main").or_(page.get_by_role("navigation")).get_by_role(role, name=name, exact=True)
    expect(wanted).to_be_visible(timeout=A_WHILE)
    for _ in range(MOST_TABS):
        if wanted.evaluate("(element) => element === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")
