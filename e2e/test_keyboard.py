"""A day at the desk without a mouse. Pages to which only a form leads are looked at with axe on the way."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from pyotp import TOTP

from e2e.axe import TABLET, expect_accessible
from e2e.desk import HEAD, NEWCOMER, PASSWORD, fill
from e2e.keyboard import Keyboard
from e2e.server import Server

LEADER = "r.lindqvist"
PASS_PHRASE = "three plain oak chairs"
HEADINGS = "UPN,Surname,Forename,Year,Reg\n"
NEWCOMERS = f"{HEADINGS}K000000000001,Quill,Robin,7,7H\nK000000000002,Sedge,Wren,7,7H\n"
WITH_A_MISTAKE = NEWCOMERS.replace("Wren,7", "Wren,seven")


class Desk(NamedTuple):
    """Somebody at a keyboard, signed in as the head of a school with things to do."""

    url: str
    page: Page
    keys: Keyboard
    facts: dict[str, Any]


@pytest.fixture(scope="module")
def busy(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, Any]]]:
    server = Server(Path(shutil.copytree(demo, tmp_path_factory.mktemp("busy") / "data")))
    facts = fill(server)
    server.start()
    yield server, facts
    server.kill()


@pytest.fixture
def desk(busy: tuple[Server, dict[str, Any]], browser: Browser) -> Iterator[Desk]:
    server, facts = busy
    context = browser.new_context(viewport=TABLET, reduced_motion="reduce")
    page = context.new_page()
    keys = sign_in(page, server.url)
    expect_today(page)
    yield Desk(server.url, page, keys, facts)
    context.close()


def expect_today(page: Page) -> None:
    """Where a sign-in leads."""
    expect(page.get_by_role("link", name="Today", exact=True)).to_have_attribute("aria-current", "page")


def sign_in(page: Page, url: str, username: str = HEAD, password: str = PASSWORD) -> Keyboard:
    page.goto(f"{url}/sign-in")
    return Keyboard(page).type("Username", username).type("Password", password).button("Sign in")


def test_the_first_tab_leads_past_the_way_around(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/weekly")
    desk.keys.press("Tab").expect_focus(desk.page.get_by_role("link", name="Skip to the main part"))
    desk.keys.press("Enter").expect_focus(desk.page.get_by_role("main"))
    desk.keys.press("Tab").expect_focus(desk.page.get_by_label("Week", exact=True))
    desk.keys.press("Shift+Tab", "Shift+Tab")
    expect(desk.page.get_by_role("navigation").locator(":focus")).to_have_count(1)


def test_a_mark_is_found_and_corrected(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/")
    keys, main = desk.keys.link("Students").link("Find and correct"), desk.page.get_by_role("main")
    keys.pick("Student", desk.facts["name"]).button("Show")
    keys.to(main.get_by_role("region", name="Marks").get_by_role("link").last).press("Enter")
    keys.choose("What it should be", "3 Active").button("Correct")
    problem = desk.page.get_by_role("alert")
    keys.expect_focus(problem).press("Tab", "Enter").expect_focus(desk.page.get_by_label("Why"))
    expect_accessible(desk.page)
    keys.type("Why", "It was another lesson").button("Correct")
    expect(main).to_contain_text("It stands at 3")


def test_what_needs_attention_is_settled(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/attention")
    done = desk.page.get_by_role("button", name="Done with this")
    count = done.count()
    desk.keys.to(done.first).press("Enter")
    expect(done).to_have_count(count - 1)
    stands = desk.page.get_by_role("button", name=re.compile("stands for"))
    desk.keys.to(stands.first).press("Enter")
    expect(desk.page.get_by_role("heading", name="Correct a mark")).to_be_visible()
    desk.keys.link("Today")
    expect(stands).to_have_count(0)


def test_a_change_of_the_policy_is_drafted_and_adopted(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/policy")
    keys = desk.keys.link("Draft a change")
    keys.type("Creative from a mean of", "5.5").button("Keep the draft and preview")
    keys.expect_focus(desk.page.get_by_role("alert"))
    expect_accessible(desk.page)
    keys.type("Creative from a mean of", "3.5").button("Keep the draft and preview")
    expect(desk.page.get_by_role("heading", name="What the draft would do")).to_be_visible()
    expect_accessible(desk.page)
    keys.type("Why", "It is kinder").to(desk.page.get_by_role("button", name=re.compile("^Adopt from"))).press("Enter")
    expect(desk.page.get_by_role("heading", name="History of the policy")).to_be_visible()
    expect_accessible(desk.page)


def test_a_file_is_looked_at_imported_and_undone(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/import")
    bring(desk, WITH_A_MISTAKE)
    desk.keys.expect_focus(desk.page.get_by_role("alert"))
    expect_accessible(desk.page)
    desk.keys.button("Choose another file")
    bring(desk, NEWCOMERS)
    expect(desk.page.get_by_role("main")).to_contain_text("2 new")
    expect_accessible(desk.page)
    desk.keys.button("Import").button("Undo this import")
    expect(desk.page.get_by_role("main")).to_contain_text("Undone by")


def bring(desk: Desk, content: str) -> None:
    desk.keys.choose("What the file holds", "Students").to(desk.page.get_by_label("File", exact=True))
    with desk.page.expect_file_chooser() as chooser:
        desk.keys.press("Space")
    chooser.value.set_files(FilePayload(name="newcomers.csv", mimeType="text/csv", buffer=content.encode()))
    desk.keys.button("Look at the file")


def test_a_holiday_is_changed_after_a_look_at_what_it_does(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/calendar")
    changes = desk.page.get_by_role("region", name="Days without school").get_by_role("link", name=re.compile("Change"))
    desk.keys.to(changes.first).press("Enter")
    desk.keys.to(desk.page.get_by_role("button", name=re.compile("^Remove"))).press("Enter")
    expect(desk.page.get_by_role("heading", name="This is what it changes")).to_be_visible()
    expect_accessible(desk.page)
    count = changes.count()
    desk.keys.to(desk.page.get_by_role("main").get_by_role("button")).press("Enter")
    expect(desk.page.get_by_role("heading", name="Calendar")).to_be_visible()
    expect(changes).not_to_have_count(count)


def test_a_code_for_a_tablet_is_shown(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/tablets")
    desk.keys.button("Show a code")
    expect(desk.page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    expect_accessible(desk.page)


def test_a_newcomer_is_given_a_link_and_chooses_a_password(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/office/accounts/")
    desk.keys.link("Kit Wainwright").button("Make a link")
    expect(desk.page.get_by_role("heading", name="A link for Kit Wainwright")).to_be_visible()
    expect_accessible(desk.page)
    address = re.search(r"/set-up/[\w-]+", desk.page.get_by_role("main").inner_text())
    assert address
    desk.page.context.clear_cookies()
    desk.page.goto(desk.url + address[0])
    keys = desk.keys.type("New password", PASS_PHRASE).type("New password again", "another").button("Save the password")
    keys.expect_focus(desk.page.get_by_role("alert"))
    expect_accessible(desk.page)
    keys.type("New password", PASS_PHRASE).type("New password again", PASS_PHRASE).button("Save the password")
    keys.type("Username", NEWCOMER).type("Password", PASS_PHRASE).button("Sign in")
    expect_today(desk.page)


def test_a_second_factor_is_set_up_and_asked_for(desk: Desk) -> None:
    desk.page.context.clear_cookies()
    keys = sign_in(desk.page, desk.url, LEADER)
    expect_today(desk.page)
    desk.page.goto(f"{desk.url}/account/")
    keys.link("Set it up").type("Your password", PASSWORD).button("Go on")
    expect(desk.page.get_by_text("I cannot scan it")).to_be_visible()
    expect_accessible(desk.page)
    keys.to(desk.page.get_by_text("I cannot scan it")).press("Enter")
    key = desk.page.get_by_text("Type this key into the app").inner_text().split(":")[1].replace(" ", "")
    keys.type("Six digits", TOTP(key).now()).button("Switch it on")
    expect(desk.page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    codes = desk.page.get_by_role("list", name="Recovery codes").get_by_role("listitem").all_inner_texts()
    expect_accessible(desk.page)
    keys.link("I have kept them")
    expect(desk.page.get_by_role("heading", name="Your account")).to_be_visible()
    expect_accessible(desk.page)
    desk.page.context.clear_cookies()
    sign_in(desk.page, desk.url, LEADER)
    expect(desk.page.get_by_role("heading", name="One more step")).to_be_visible()
    expect_accessible(desk.page)
    keys.type("Code", codes[0]).button("Sign in")
    expect_today(desk.page)
