"""After a tap that leads elsewhere: the new page learns what was saved where, and says which screen it is."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from tests.builders import PASSWORD, create_student
from tests.builders_rewards import give
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.models import Period, db
from webapp.sync.log.revisions import writing

DEAF = """
  const { databases } = IDBFactory.prototype;
  const held = new Promise((resolve) => (self.listen = resolve));
  IDBFactory.prototype.databases = function () { return held.then(() => databases.call(this)); };
"""
"""A page hears nothing until a test calls `listen()`: whatever happened before, it has missed."""

UNTOLD = """
  for (const name of ["redirected", "url"]) {
    const value = name === "url" ? location.href : false;
    Object.defineProperty(Response.prototype, name, { get: () => value });
  }
"""
"""As WebKit has it of a redirect that a worker made: nothing tells it from an answer of the address asked for."""

WAITING, SAVED = "1 saved on this tablet", "All saved at school"


def ask(page: Page, url: str) -> None:
    page.goto(f"{url}/spaces/hazel/ask")
    page.get_by_role("button", name="Amal Okafor").first.click()
    page.wait_for_url("**/spaces")


def leave(page: Page, url: str) -> None:
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Leave", exact=True).click()
    page.wait_for_url("**/spaces")


def limit(page: Page, url: str) -> None:
    page.goto(f"{url}/student/1")
    page.get_by_text("Limits").click()
    page.get_by_label("Why").fill("Smoke in class")
    page.get_by_role("button", name="Set the limit").click()
    expect(page.get_by_role("region", name="Level now")).to_contain_text("No level")


def award(page: Page, url: str) -> None:
    page.goto(f"{url}/student/4")
    page.get_by_text("Give an award").click()
    page.get_by_role("button", name="Give", exact=True).click()
    expect(page.get_by_role("button", name="Take back")).to_be_visible()


TAPS = [ask, leave, limit, award]


@pytest.fixture
def ready(tablet: Tablet, school: School) -> Tablet:
    """Amal (1) has a level and is in Hazel, whose page is open; Kit (4) is on a pathway."""
    give(1, 5)
    create_student("Kit", "Marsh", year=10)
    tablet.catch_up()
    tablet.tap("/spaces/ask", space="hazel", what="enter", student="2")
    tablet.sync()
    tablet.page.add_init_script(DEAF)
    stay = tablet.meta["device"] + "." + tablet.meta["incarnation"] + ".1"
    tablet.page.goto(f"{school.url}/stay/{stay}")
    return tablet


def send_from_another_page(tablet: Tablet, school: School) -> Page:
    school.start()
    other = tablet.context.new_page()
    other.goto(f"{school.url}/install")
    tablet.eventually(tablet.has_synced)
    return other


@pytest.mark.parametrize("is_restarted", [False, True], ids=["the same worker", "a restarted worker"])
@pytest.mark.parametrize("tap", TAPS, ids=lambda tap: tap.__name__)
def test_a_page_learns_what_it_missed_before_it_listened(
    ready: Tablet, school: School, tap: Callable[[Page, str], None], is_restarted: bool
) -> None:
    school.stop()
    tap(ready.page, school.url)
    status = ready.page.get_by_role("status").first
    expect(status).to_contain_text(WAITING)
    other = send_from_another_page(ready, school)
    other.close()
    if is_restarted:
        ready.stop_worker()
    expect(status).to_contain_text(WAITING)
    ready.page.evaluate("listen()")
    expect(status).to_have_text(SAVED)


def test_a_page_that_shows_what_is_does_not_fetch_itself_again(tablet: Tablet, school: School) -> None:
    page = tablet.page
    tablet.catch_up()
    page.add_init_script(
        """self.asked = 0;
        document.addEventListener("htmx:before:request", () => (self.asked += 1));
        navigator.serviceWorker.addEventListener("message", () => (self.asked += 1));"""
    )
    school.stop()
    page.goto(f"{school.url}/today")
    page.evaluate("navigator.serviceWorker.startMessages()")
    tablet.tell_worker("sync")
    tablet.look("/today")
    assert page.evaluate("self.asked") == 0


def test_a_page_the_worker_never_made_is_asked_to_show_itself_anew(tablet: Tablet, school: School) -> None:
    """Loaded past the worker, as with the shift key held."""
    page = tablet.page
    page.goto(f"{school.url}/today")
    session = tablet.context.new_cdp_session(page)
    session.send("Page.enable")
    with page.expect_request(lambda request: request.headers.get("hx-request") == "true"):
        session.send("Page.reload", {"ignoreCache": True})


def test_who_put_the_tablet_down_in_one_page_holds_it_in_no_other(tablet: Tablet, school: School, lesson: str) -> None:
    other = tablet.context.new_page()
    other.goto(f"{school.url}/lesson/{lesson}")
    tablet.tap("/sign-out", is_fragment=False)
    other.wait_for_url("**/sign-in")


@pytest.fixture
def door(new_tablet: Callable[..., Tablet], school: School) -> Tablet:
    give(1, 5)
    with writing():
        db.session.add(Period(name="Lunch", starts="12:30", ends="13:10", kind="lunch"))
    clock = school.app.config["CLOCK"]
    clock.now = clock.now.replace(hour=12, minute=45)
    return new_tablet("Front desk", "reception")


def let_in(page: Page, url: str) -> None:
    page.goto(f"{url}/room/1")
    expect(page).to_have_title("Welcome: Amal Okafor · Reachable")
    page.get_by_role("button", name="Let in").click()
    page.wait_for_url("**/room")
    expect(page.get_by_text("1 of 12 inside")).to_be_visible()
    title = page.title()
    assert "Welcome" not in title
    page.reload()
    assert (page.url, page.title()) == (f"{url}/room", title)


def test_an_answer_says_where_it_belongs_whatever_the_browser_makes_of_redirects(door: Tablet, school: School) -> None:
    door.page.add_init_script(UNTOLD)
    let_in(door.page, school.url)


def test_so_does_the_school_where_there_is_no_worker(browser_signed_in: Page, school: School) -> None:
    browser_signed_in.add_init_script(UNTOLD)
    let_in(browser_signed_in, school.url)


@pytest.fixture
def browser_signed_in(door: Tablet, page: Page, school: School) -> Page:
    """No tablet, with Ada signed in."""
    page.goto(f"{school.url}/sign-in")
    page.get_by_label("Username").fill("a.adeyemi")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today")
    return page


def test_a_refused_form_stands_at_its_screen_on_both_sides(ready: Tablet, school: School) -> None:
    ready.page.add_init_script("self.listen?.()")
    page = ready.page
    page.goto(f"{school.url}/student/1")
    page.get_by_text("Limits").click()
    page.get_by_role("button", name="Set the limit").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a reason")
    expect(page).to_have_url(f"{school.url}/student/1")
    other = ready.context.new_page()
    other.goto(f"{school.url}/today")
    Tablet(ready.context, school, other).tap("/spaces/assist", place="Gym", message="")
    ready.eventually(ready.has_synced)
    ready.look("/today")  # answered after the page was told that something changed
    expect(page.get_by_role("alert")).to_contain_text("Give a reason")
    answer = ready.as_flask_sees().post("/student/1/limit", data={"cap": "none", "reason": ""})
    assert (answer.status_code, '<link rel="canonical" href="/student/1">' in answer.text) == (422, True)


FRAGMENT = """async ([path, form]) => {
  const headers = { "HX-Request": "true" };
  const body = form && new URLSearchParams(form);
  const response = await fetch(path, { method: form ? "POST" : "GET", headers, body });
  return ["HX-Replace-Url", "Screen-Title"].map((name) => response.headers.get(name));
}"""


ADDRESSED: list[tuple[str, dict[str, str] | None, str | None]] = [
    ("/today", None, "/today"),
    ("/student/1?week=2026-W10", None, "/student/1?week=2026-W10"),
    ("/lesson/{lesson}/mark", {"student": "1", "mark": "4"}, "/lesson/{lesson}"),
    ("/student/1/limit", {"cap": "none", "reason": ""}, "/student/1"),
    ("/spaces/hear", {"call": "nothing"}, "/spaces"),
    ("/room/1/admit", {}, "/room"),
    ("/student/%E0%A4%A", None, None),
    ("/student/a%0d%0ab", None, "/student/a%0D%0Ab"),
    ("/student/%C3%A9", None, "/student/%C3%A9"),
]
"""Address, form and where that leads."""


def test_worker_and_school_say_the_same_place_and_title(tablet: Tablet, lesson: str) -> None:
    flask = tablet.as_flask_sees()
    for path, form, place in ADDRESSED:
        path = path.format(lesson=lesson)
        here = tablet.page.evaluate(FRAGMENT, [path, form])
        assert [unquote(part or "") for part in here] == at_school(flask, path, form)
        if place:
            assert unquote(here[0]) == unquote(place.format(lesson=lesson))


def at_school(flask: FlaskClient, path: str, form: dict[str, str] | None) -> list[str]:
    how: dict[str, Any] = {"method": "GET" if form is None else "POST", "data": form, "follow_redirects": True}
    answer = flask.open(path, headers={"HX-Request": "true"}, **how)
    return [unquote(answer.headers.get(name) or "") for name in ("HX-Replace-Url", "Screen-Title")]
