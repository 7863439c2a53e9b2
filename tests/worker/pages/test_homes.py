"""Where a tablet leads: to what it was enrolled for, however it is opened."""

import pytest
from playwright.sync_api import Page, expect

from tests.builders import Tablet
from tests.worker.modules import Modules
from tests.worker.school import School
from webapp.domain.access.duties import DUTIES
from webapp.floor.both.parts.homes import HOMES, UNHELD

HOME_OF = """async (duties) => {
  const { rules } = await import("/static/worker/floor.js");
  return duties.map((duty) => [rules.home(duty), rules.entrance(duty)]);
}"""


def enrol(page: Page, school: School, duty: str) -> None:
    page.goto(f"{school.url}/enrol#code={school.enrol_code(duty)}")
    page.get_by_label("Name of the tablet").fill("Hall")
    page.get_by_role("button", name="Enrol").click()


def expected(duty: str) -> tuple[str, str]:
    """Where whoever holds it is led, and where it leads while nobody does."""
    home = HOMES.get(duty, "/today")
    return home, home if duty in UNHELD else "/sign-in"


def test_worker_and_school_lead_every_duty_to_the_same_place(modules: Modules, lesson: str) -> None:
    there = modules.page.evaluate(HOME_OF, [*DUTIES])
    assert [tuple(found) for found in there] == [expected(duty) for duty in DUTIES]


@pytest.mark.parametrize("duty", DUTIES)
def test_a_tablet_that_nobody_holds_leads_to_its_entrance_from_every_screen(school: School, duty: str) -> None:
    tablet = Tablet(school.app.test_client(), school.app.config["CLOCK"], "a.adeyemi")
    tablet.enrol(school.enrol_code(duty))
    client = tablet.client
    home, entrance = expected(duty)
    assert client.get("/").location == home
    for path in ("/today", "/student/1", "/spaces", "/tuck", "/room", "/waiting", "/card/0?to=room"):
        assert (path, client.get(path).location) == (path, entrance)
    assert client.post("/room/1/admit").location == entrance


@pytest.mark.parametrize(("duty", "words"), [("kiosk", "Show your card"), ("hall", "A new half term")])
def test_a_tablet_in_the_hall_opens_its_page_with_and_without_the_school(
    page: Page, school: School, lesson: str, duty: str, words: str
) -> None:
    enrol(page, school, duty)
    page.wait_for_url(f"**/{duty}")
    expect(page.get_by_role("heading", name=words)).to_be_visible()
    for is_there in (True, False):
        if not is_there:
            school.stop()
        for path in ("/", "/today", "/student/1", f"/{duty}"):
            page.goto(school.url + path)
            expect(page).to_have_url(f"{school.url}/{duty}")
            expect(page.get_by_role("heading", name=words)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.hello')).display") != "block"


def test_a_tablet_in_the_hall_that_is_enrolled_again_leads_there_from_the_page_it_was_enrolled_on(
    page: Page, school: School, lesson: str
) -> None:
    enrol(page, school, "kiosk")
    page.wait_for_url("**/kiosk")
    page.goto(f"{school.url}/enrol")
    page.get_by_role("link", name="Use Reachable").click()
    page.wait_for_url("**/kiosk")


def test_what_the_board_said_is_kept_by_tablets_in_the_hall_alone(page: Page, school: School, lesson: str) -> None:
    enrol(page, school, "till")
    page.wait_for_url("**/sign-in")
    page.goto(f"{school.url}/hall")
    school.stop()
    page.goto(f"{school.url}/hall")
    expect(page.get_by_role("heading", name="This page needs the network")).to_be_visible()
