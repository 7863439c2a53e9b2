"""What the scripts of the pages do: enrolling, keeping the screen up to date, offering updates."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.worker.school import School, renewed
from tests.worker.tablet import Tablet
from webapp.offline.bundle import bundle


def fill_in(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_label("Name of the tablet").fill("Trolley 3")
    page.get_by_role("button", name="Enrol").click()


def test_the_code_comes_with_the_link(page: Page, school: School) -> None:
    page.goto(school.url + "/enrol#code=ABCD-2345")
    expect(page.get_by_label("Code")).to_have_value("ABCD-2345")


def test_a_wrong_code_is_refused_in_words(page: Page, school: School) -> None:
    page.goto(school.url + "/enrol")
    fill_in(page, "WRONG")
    expect(page.get_by_role("status")).to_contain_text("This code is not valid")
    expect(page.get_by_role("button", name="Enrol")).to_be_enabled()


def test_without_the_school_a_code_can_be_tried_again(page: Page, school: School, lesson: str) -> None:
    page.goto(school.url + "/enrol")
    code = school.enrol_code()
    school.stop()
    fill_in(page, code)
    expect(page.get_by_role("status")).to_contain_text("could not be reached")
    school.start()
    page.get_by_role("button", name="Enrol").click()
    page.wait_for_url("**/sign-in")


def test_a_mark_made_elsewhere_shows_by_itself(new_tablet: Callable[[], Tablet], school: School, lesson: str) -> None:
    watching, marking = new_tablet(), new_tablet()
    watching.page.goto(f"{school.url}/lesson/{lesson}")
    marking.mark(1, lesson, 5)
    expect(watching.page.get_by_role("button", name="Amal Okafor: Heroic, 5")).to_have_attribute("aria-pressed", "true")


def test_saved_at_school_shows_by_itself_once_the_school_is_back(tablet: Tablet, school: School, lesson: str) -> None:
    tablet.page.goto(f"{school.url}/lesson/{lesson}")
    school.stop()
    tablet.page.get_by_role("button", name="Amal Okafor: Heroic, 5").click()
    expect(tablet.page.get_by_role("status")).to_contain_text("1 saved on this tablet")
    school.start()
    expect(tablet.page.get_by_role("status")).to_have_text("All saved at school", timeout=10_000)


def test_what_somebody_is_typing_stays(tablet: Tablet, school: School, lesson: str) -> None:
    tablet.page.goto(school.url + "/sign-in")
    tablet.page.get_by_label("Username").type("b.bap")
    school.stop()
    tablet.mark(1, lesson, 5)
    other = tablet.context.new_page()
    Tablet(tablet.context, school, other).page.goto(school.url + "/today")
    Tablet(tablet.context, school, other).mark(2, lesson, 5)
    expect(tablet.page.get_by_label("Username")).to_have_value("b.bap")
    tablet.page.get_by_label("Username").blur()
    expect(tablet.page.get_by_role("status")).to_contain_text("2 saved on this tablet")
    expect(tablet.page.get_by_label("Username")).to_have_value("b.bap")


@pytest.mark.parametrize("path", ["/today", "/sign-in"])
def test_an_update_is_offered_and_taken_with_one_tap(tablet: Tablet, school: School, path: str) -> None:
    tablet.page.goto(school.url + path)
    offer = tablet.page.get_by_role("button", name="An update is ready")
    expect(offer).to_be_hidden()
    school.app.extensions["worker"] = renewed(bundle())
    tablet.page.reload()
    with tablet.page.expect_navigation():
        offer.click()
    expect(offer).to_be_hidden()
    asked = [request.url for request in tablet.page.context.service_workers]
    assert asked == [f"{school.url}/sw.js"]


def test_an_update_says_what_to_do_while_another_page_is_open(tablet: Tablet, school: School) -> None:
    tablet.page.goto(school.url + "/today")
    school.app.extensions["worker"] = renewed(bundle())
    tablet.page.reload()
    other = tablet.context.new_page()
    other.goto(school.url + "/install")
    tablet.page.get_by_role("button", name="An update is ready").click()
    offer = tablet.page.get_by_role("button", name="Close Reachable's other pages on this tablet first")
    expect(offer).to_be_visible()
    other.close()
    with tablet.page.expect_navigation():
        offer.click()
