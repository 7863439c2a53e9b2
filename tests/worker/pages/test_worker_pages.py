"""The pages a real browser's worker answers: which of them, to whom, and in which version."""

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Error, Page, Response, expect
from sqlalchemy import select

from tests.builders import create_staff
from tests.worker.school import School, renewed
from tests.worker.tablet import Tablet
from webapp.models import Stay, db
from webapp.offline.bundle import bundle


def test_a_screen_never_opened_before_opens_without_the_school(tablet: Tablet, school: School) -> None:
    school.stop()
    for path in ("/", "/today", "/day/2026-03-02", "/lesson/1", "/student/1", "/waiting", "/sign-in", "/install"):
        response = open_page(tablet.page, school.url + path)
        assert (path, response.status, response.from_service_worker) == (path, 200, True)


def open_page(page: Page, url: str) -> Response:
    response = page.goto(url)
    assert response
    return response


def test_pages_that_only_the_school_has_say_so_kindly(tablet: Tablet, school: School) -> None:
    school.stop()
    response = open_page(tablet.page, school.url + "/people")
    assert (response.status, response.from_service_worker) == (503, True)


def test_pages_of_the_worker_carry_the_headers_of_the_school(tablet: Tablet, school: School) -> None:
    here = open_page(tablet.page, school.url + "/today")
    there = open_page(tablet.page, school.url + "/enrol")
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"):
        assert here.headers[name] == there.headers[name]


def test_a_tap_tells_the_other_pages_but_not_its_own(tablet: Tablet, school: School, lesson: str) -> None:
    other = tablet.context.new_page()
    other.goto(school.url + "/install")
    school.stop()
    for page in (tablet.page, other):
        page.evaluate(
            """() => {
              self.told = 0;
              ServiceWorker.prototype.postMessage = () => {};  // a page that asks by itself is told, too
              navigator.serviceWorker.addEventListener("message", () => (self.told += 1));
            }"""
        )
    tablet.mark(1, lesson, 5)
    # Both are told of each try to reach the school.
    tablet.eventually(lambda: other.evaluate("self.told") == tablet.page.evaluate("self.told") + 1)


def test_until_it_is_enrolled_a_worker_leaves_every_page_to_the_school(page: Page, school: School, lesson: str) -> None:
    page.goto(school.url + "/enrol")
    page.evaluate(
        """async () => {
          await navigator.serviceWorker.register("/sw.js", { type: "module" });
          await navigator.serviceWorker.ready;
        }"""
    )
    page.goto(school.url + "/today")
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert page.url.endswith("/sign-in")


def test_a_wrong_password_is_refused_in_words(tablet: Tablet) -> None:
    answer = tablet.sign_in("b.baptiste", "not the pass phrase")
    assert "do not go together" in answer["text"]
    assert tablet.meta["holder"] == "a.adeyemi"


def test_without_the_school_a_new_sign_in_says_what_is_possible(tablet: Tablet, school: School) -> None:
    school.stop()
    assert "that needs no connection" in tablet.sign_in("b.baptiste")["text"]


def test_who_signed_in_before_takes_the_tablet_up_without_the_school(tablet: Tablet, school: School) -> None:
    tablet.sign_in("b.baptiste")
    school.stop()
    assert tablet.tap("/hold", is_fragment=False, staff="a.adeyemi")["path"] == "/today"
    assert tablet.meta["holder"] == "a.adeyemi"


def test_nobody_takes_a_tablet_up_who_never_signed_in(tablet: Tablet) -> None:
    answer = tablet.tap("/hold", is_fragment=False, staff="b.baptiste")
    assert "That sign-in has ended" in answer["text"]
    assert tablet.meta["holder"] == "a.adeyemi"


def test_a_tablet_nobody_holds_records_nothing(tablet: Tablet, lesson: str) -> None:
    tablet.tap("/sign-out", is_fragment=False)
    assert tablet.mark(1, lesson, 5)["path"] == "/sign-in"
    assert tablet.look("/today")["path"] == "/sign-in"
    assert tablet.operations == []


def test_a_tablet_leads_to_what_it_is_for(new_tablet: Callable[..., Tablet]) -> None:
    door = new_tablet("Door", "door")
    assert door.look("/")["path"] == "/room"
    assert door.tap("/hold", is_fragment=False, staff="a.adeyemi")["path"] == "/room"
    assert door.as_flask_sees().get("/").location == "/room"


def test_who_may_not_mark_sees_marks_without_buttons(tablet: Tablet, lesson: str) -> None:
    tablet.mark(1, lesson, 5)
    create_staff("d.shelf", "tuck-shop", forename="Di", surname="Shelf")
    tablet.sign_in("d.shelf")
    tablet.sync()
    page = tablet.look(f"/lesson/{lesson}", is_fragment=False)["text"]
    assert "<b>5</b>" in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]
    assert tablet.as_flask_sees().get(f"/lesson/{lesson}").text == page


def new_version(school: School) -> str:
    """Puts another version of the worker at the school."""
    now = bundle()
    school.app.extensions["worker"] = renewed(now)
    return now.version


UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const next = registration.installing ?? registration.waiting;
  if (next.state === "installing") {
    await new Promise((resolve) => next.addEventListener("statechange", resolve, { once: true }));
  }
  return next.state;
}"""
CACHES = "caches.keys()"


def test_an_update_never_comes_under_a_page_in_use(tablet: Tablet, school: School) -> None:
    other = tablet.context.new_page()
    other.goto(school.url + "/today")
    old = new_version(school)
    assert tablet.page.evaluate(UPDATE) == "installed"
    tablet.tell_worker("update", to="waiting")
    tablet.page.goto(school.url + "/today")
    assert f"reachable {old}" in tablet.page.evaluate(CACHES)
    other.close()
    tablet.tell_worker("update", to="waiting")
    tablet.eventually(lambda: tablet.page.evaluate(CACHES) == ["reachable next"])


HAS_LEFT = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration?.update();
  return navigator.serviceWorker.controller === null;
}"""


def has_left_the_worker(page: Page) -> bool:
    """Whether no worker answers the page any more; asks for an update, too."""
    try:
        return bool(page.evaluate(HAS_LEFT))
    except Error:  # the page was just loaded anew
        return False


def test_the_kill_switch_ends_the_worker_and_keeps_what_was_recorded(
    tablet: Tablet, school: School, lesson: str
) -> None:
    tablet.page.goto(school.url + "/today")
    tablet.mark(1, lesson, 5)
    tablet.eventually(tablet.has_synced)
    settings = school.app.config["SETTINGS"]
    school.app.config["SETTINGS"] = replace(settings, kill_worker=True)
    tablet.eventually(lambda: has_left_the_worker(tablet.page))
    assert tablet.page.evaluate(CACHES) == []
    assert len(tablet.operations) == 1


def test_nothing_moves_under_a_finger_when_more_or_less_is_saved(tablet: Tablet, school: School, lesson: str) -> None:
    """On a wide screen and on a narrow one, while somebody else taps."""
    tablet.tap("/spaces/ask", space="hazel", student="1", what="enter")
    tablet.sync()
    stay = f"/stay/{db.session.scalar(select(Stay.id))}"
    sizes = ((820, 1180), (1180, 820), (390, 844))
    pages = {(path, size): tablet.context.new_page() for path in (f"/lesson/{lesson}", stay) for size in sizes}
    for (path, (width, height)), page in pages.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(school.url + path)
        expect(page.get_by_role("status")).to_have_text("All saved at school")
    before = [page.locator("main").bounding_box() for page in pages.values()]
    school.stop()
    tablet.mark(1, lesson, 5)
    for page in pages.values():
        page.bring_to_front()
        expect(page.get_by_role("status")).to_contain_text("1 saved on this tablet")
    assert [page.locator("main").bounding_box() for page in pages.values()] == before
