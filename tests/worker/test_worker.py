"""The worker in a real browser, against the real server: nothing shown as saved is ever lost."""

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Error, Page, Playwright, Response

from e2e.browser import ARGUMENTS, chromium_path
from tests.worker.school import School, renewed
from tests.worker.tablet import Tablet
from webapp.models import Device, Operation, Score, db
from webapp.models import School as SchoolRow
from webapp.offline.bundle import bundle


def marks_at_school() -> dict[str, str | None]:
    db.session.rollback()
    return {str(score.student_id): score.mark for score in db.session.query(Score)}


def operations_at_school() -> int:
    db.session.rollback()
    return db.session.query(Operation).count()


def test_a_mark_reaches_the_school(tablet: Tablet, lesson: str) -> None:
    tablet.mark(1, lesson, 5)
    tablet.eventually(tablet.has_synced)
    assert marks_at_school() == {"1": "5"}


def test_marks_made_without_the_school_are_kept_and_sent_later(tablet: Tablet, school: School, lesson: str) -> None:
    school.stop()
    for student in (1, 2, 3):
        answer = tablet.mark(student, lesson, 4)
        assert answer["status"] == 200
    assert marks_at_school() == {}
    school.start()
    tablet.sync()
    assert marks_at_school() == {"1": "4", "2": "4", "3": "4"}


def test_marks_survive_the_end_of_the_worker(tablet: Tablet, school: School, lesson: str) -> None:
    school.stop()
    tablet.mark(1, lesson, 4)
    tablet.stop_worker()
    tablet.mark(2, lesson, 3)
    tablet.stop_worker()
    assert "2 saved on this tablet" in tablet.look(f"/lesson/{lesson}")["text"]
    school.start()
    tablet.sync()
    assert (marks_at_school(), operations_at_school()) == ({"1": "4", "2": "3"}, 2)


def test_marks_survive_the_end_of_the_browser(
    playwright: Playwright, school: School, lesson: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    profile = tmp_path_factory.mktemp("profile")

    def start_browser() -> Tablet:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium_path(), args=ARGUMENTS
        )
        return Tablet(context, school, context.pages[0])

    tablet = start_browser()
    tablet.enrol()
    tablet.sign_in()
    school.stop()
    tablet.mark(1, lesson, 4)
    tablet.context.close()
    tablet = start_browser()
    tablet.page.goto(f"{school.url}/lesson/{lesson}")
    assert "1 saved on this tablet" in tablet.page.content()
    school.start()
    tablet.sync()
    assert marks_at_school() == {"1": "4"}
    tablet.context.close()


@pytest.mark.parametrize(
    "path", ["/", "/today", "/day/2026-03-02", "/lesson/1", "/student/1", "/waiting", "/sign-in", "/install"]
)
def test_a_screen_never_opened_before_opens_without_the_school(tablet: Tablet, school: School, path: str) -> None:
    school.stop()
    response = open_page(tablet.page, school.url + path)
    assert (response.status, response.from_service_worker) == (200, True)


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


def test_a_mark_on_one_tablet_shows_on_another(new_tablet: Callable[[], Tablet], lesson: str) -> None:
    first, second = new_tablet(), new_tablet()
    first.mark(1, lesson, 5)
    first.eventually(first.has_synced)
    second.tell_worker("sync")
    second.eventually(lambda: f"1.{lesson}" in second.rows)
    assert second.rows[f"1.{lesson}"] == first.rows[f"1.{lesson}"]


def test_a_tap_tells_the_other_pages_but_not_its_own(tablet: Tablet, school: School, lesson: str) -> None:
    other = tablet.context.new_page()
    other.goto(school.url + "/install")
    school.stop()
    for page in (tablet.page, other):
        page.evaluate(
            """() => {
              self.told = 0;
              navigator.serviceWorker.addEventListener("message", () => (self.told += 1));
            }"""
        )
    tablet.mark(1, lesson, 5)
    tablet.eventually(lambda: other.evaluate("self.told"))
    assert other.evaluate("self.told") > tablet.page.evaluate("self.told")


def test_after_a_restore_everything_is_sent_again(tablet: Tablet, school: School, lesson: str, app: object) -> None:
    tablet.mark(1, lesson, 1)
    tablet.eventually(tablet.has_synced)
    database = school.app.config["SETTINGS"].data / "reachable.sqlite3"
    school.stop()
    back_up(database)
    school.start()
    tablet.mark(1, lesson, 2)
    tablet.mark(2, lesson, 3)
    tablet.eventually(tablet.has_synced)
    school.stop()
    restore(database)
    school.start()
    assert marks_at_school() == {"1": "1"}
    tablet.tell_worker("sync")
    tablet.eventually(lambda: marks_at_school() == {"1": "2", "2": "3"})
    tablet.eventually(tablet.has_synced)
    assert tablet.meta["epoch"] == "restored"


def back_up(database: object) -> None:
    db.session.rollback()
    db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.session.rollback()
    db.engine.dispose()
    shutil.copy(str(database), f"{database}.backup")


def restore(database: object) -> None:
    db.session.rollback()
    db.engine.dispose()
    shutil.copy(f"{database}.backup", str(database))
    db.session.query(SchoolRow).one().epoch = "restored"
    db.session.commit()


def test_a_tablet_that_is_ahead_of_the_school_sends_what_is_missing(
    tablet: Tablet, school: School, lesson: str
) -> None:
    """As after a restore that nobody gave a new epoch: 409 says where to go on."""
    tablet.mark(1, lesson, 1)
    tablet.mark(2, lesson, 2)
    tablet.eventually(tablet.has_synced)
    school.stop()
    db.session.query(Operation).delete()
    db.session.query(Score).delete()
    db.session.get_one(Device, tablet.meta["device"]).upto = 0
    db.session.commit()
    tablet.mark(3, lesson, 3)
    school.start()
    tablet.sync()
    assert marks_at_school() == {"1": "1", "2": "2", "3": "3"}


def test_a_revoked_tablet_keeps_what_it_recorded_and_says_so(tablet: Tablet, school: School, lesson: str) -> None:
    revoke(tablet)
    tablet.mark(1, lesson, 5)
    tablet.eventually(lambda: tablet.meta["trouble"] == "revoked")
    assert "no longer knows this tablet" in tablet.look(f"/lesson/{lesson}")["text"]
    assert len(tablet.operations) == 1
    assert marks_at_school() == {}


def test_a_revoked_tablet_that_is_enrolled_again_sends_what_it_had(tablet: Tablet, lesson: str) -> None:
    revoke(tablet)
    tablet.mark(1, lesson, 5)
    tablet.eventually(lambda: tablet.meta["trouble"] == "revoked")
    tablet.enrol()
    tablet.sign_in()
    tablet.eventually(tablet.has_synced)
    assert (marks_at_school(), tablet.meta["trouble"]) == ({"1": "5"}, None)


def revoke(tablet: Tablet) -> None:
    device = db.session.get_one(Device, tablet.meta["device"])
    device.revoked_at = device.enrolled_at
    db.session.commit()


def test_a_cloned_tablet_is_noticed_at_first_contact(tablet: Tablet, lesson: str) -> None:
    db.session.get_one(Device, tablet.meta["device"]).upto = 7  # what the other copy has sent
    db.session.commit()
    tablet.stop_worker()
    tablet.tell_worker("sync")
    tablet.eventually(lambda: tablet.meta["trouble"] == "forked")
    assert "Ask the office to enrol it again" in tablet.look("/today")["text"]


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
    assert "no connection to the school" in tablet.sign_in("b.baptiste")["text"]


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
