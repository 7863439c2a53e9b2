"""From a fresh server to a school at work, as its office lives it: three exports, of which one is full of mistakes."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e.axe import DESKTOP, LOOKS, TABLET, Look, expect_accessible, expect_no_sideways_scrolling
from e2e.exports import MENDED, PLANTED, STAFF, STUDENTS, TIMETABLE
from e2e.keyboard import expect_usable_by_keyboard
from e2e.screens import Import, Setup, SignIn, Today
from e2e.server import Server

PASS_PHRASE = "three plain oak chairs"
TRACES = {"audit", "import_run", "import_column", "upload", "tombstone", "browser_session"}
NUMBERS = {"rev", "sequence"}


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """A server that is started for the first time."""
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=TABLET, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_a_school_is_set_up_from_three_exports_and_a_teacher_scores_a_lesson(fresh: Server, page: Page) -> None:
    found = re.search(r"enter the code (\S+)", fresh.console.read_text())
    assert found
    page.goto(fresh.url)
    expect_fit_for_use(page)
    set_up(Setup(page).open(fresh.url, found[1]))
    expect_fit_for_use(page)
    page.set_viewport_size(DESKTOP)

    Setup(page).expect_step("Staff")
    Import(page).bring("arbor-staff.csv", STAFF).expect_counts("4 new").take().go_on("Students")

    students = Import(page).bring("sims-students.csv", STUDENTS)
    assert [row[:3] for row in students.wrong] == [one for one in PLANTED if one[1] != "Base"]
    students.match(Registration_Form="Base")
    assert [row[:3] for row in students.wrong] == PLANTED
    expect_fit_for_use(page)
    before = everything(fresh)
    students.page.get_by_role("button", name="Choose another file").click()
    students.page.get_by_label("What the file holds").select_option("Students")
    students.bring("sims-students.csv", MENDED).expect_counts("24 new").take()
    expect_fit_for_use(page)
    students.undo()
    assert everything(fresh) == before
    page.get_by_role("link", name="All imports").click()
    expect_fit_for_use(page)
    page.get_by_label("What the file holds").select_option("Students")
    students.bring("sims-students.csv", MENDED).take().go_on("Timetable")

    before = everything(fresh)
    timetable = Import(page).bring("bromcom-timetable.csv", TIMETABLE).take()
    timetable.undo()
    assert everything(fresh) == before
    page.get_by_role("link", name="Go on setting up: Timetable").click()
    timetable.bring("bromcom-timetable.csv", TIMETABLE).take().go_on("First tablet")
    expect_fit_for_use(page)
    page.get_by_role("button", name="Show a code for a tablet").click()
    page.get_by_role("img", name=re.compile("QR code")).wait_for()

    fresh.command("set-password", "k.farrow", "--password", PASS_PHRASE)
    page.context.clear_cookies()
    page.goto(f"{fresh.url}/sign-in")
    lesson = SignIn(page).with_password("k.farrow", PASS_PHRASE).open_lesson()
    assert len(lesson.students) == 12
    lesson.mark(lesson.students[0], 4)
    lesson.expect_mark(lesson.students[0], 4)
    Today(page).open(fresh.url)


def expect_fit_for_use(page: Page) -> None:
    """On a phone, a tablet and a desktop, and with keys alone."""
    expect_accessible(page, (Look(DESKTOP, "light", {}), *LOOKS))
    expect_usable_by_keyboard(page)
    expect_no_sideways_scrolling(page)


def set_up(setup: Setup) -> None:
    """School, account, year and bells; the year is around today, whenever that is."""
    setup.expect_step("The school")
    expect_fit_for_use(setup.page)
    setup.fill(Name_of_the_school="Hazelwood School").go_on()
    setup.expect_step("Your account").fill(Forename="Marian", Surname="Oakes", Username="m.oakes")
    setup.fill(Password=PASS_PHRASE, Password_again=PASS_PHRASE).go_on()
    expect_fit_for_use(setup.page)
    setup.page.get_by_role("link", name="Go on: School year").click()
    monday = date.today() - timedelta(days=date.today().weekday())
    first, last = str(monday - timedelta(weeks=4)), str(monday + timedelta(weeks=6, days=4))
    setup.expect_step("School year").fill_line("School year", First_day=first, Last_day=last)
    setup.fill_line("Half term 1", First_day=first, Last_day=last)
    for number in range(2, 7):
        setup.fill_line(f"Half term {number}", Name="")
    expect_fit_for_use(setup.page)
    setup.go_on()
    setup.expect_step("Bell schedule")
    expect_fit_for_use(setup.page)
    setup.go_on()


def everything(server: Server) -> dict[str, list[str]]:
    """All the school holds, but for numbers of changes, the audit and what an import leaves in its own tables."""
    with sqlite3.connect(server.data / "reachable.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if not name.startswith("sqlite_") and name not in TRACES]
        return {name: rows_of(database, name) for name in tables}


def rows_of(database: Any, table: str) -> list[str]:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")') if row[1] not in NUMBERS]
    names = ", ".join(f'"{column}"' for column in columns)
    return sorted(map(repr, database.execute(f'SELECT {names} FROM "{table}"')))
