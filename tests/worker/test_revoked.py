"""A tablet taken out of use hands over what it has, keeps nothing, and says so; the office accepts what it had."""

from tests.office.conftest import Person
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.models import Device, Quarantined, Score, db
from webapp.school import clock
from webapp.sync.devices.devices import revoke
from webapp.sync.log.revisions import writing


def take_out_of_use(tablet: Tablet) -> None:
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.meta["device"]), clock.now(), revs)


def is_empty(tablet: Tablet) -> bool:
    return tablet._stored("meta", "rows", "operations") == [[], [], []]


def marks_at_school() -> dict[int, tuple[str | None, str]]:
    db.session.rollback()
    return {score.student_id: (score.mark, score.by) for score in db.session.query(Score)}


def test_a_revoked_tablet_keeps_nothing_and_its_marks_count_once_the_office_accepts_them(
    tablet: Tablet, school: School, lesson: str
) -> None:
    tablet.page.goto(f"{school.url}/lesson/{lesson}")
    school.stop()
    tablet.mark(1, lesson, 5)
    tablet.mark(2, lesson, 4)
    take_out_of_use(tablet)
    school.start()
    tablet.tell_worker("sync")
    tablet.page.get_by_role("heading", name="This tablet is no longer enrolled").wait_for()
    assert is_empty(tablet)
    assert tablet.look("/today")["status"] == 403
    assert tablet.look("/office/")["status"] == 403
    assert marks_at_school() == {}
    assert db.session.query(Quarantined).count() == 2
    office = Person(school.app, "office")
    assert "Accept all 2" in office.get("/office/attention").text
    office.post("/office/attention/settle", kind="quarantine.accept", name=["1", "2"])
    assert marks_at_school() == {1: ("5", "a.adeyemi"), 2: ("4", "a.adeyemi")}


def test_a_revoked_tablet_that_cannot_hand_over_keeps_what_it_has(tablet: Tablet, school: School, lesson: str) -> None:
    take_out_of_use(tablet)
    school.stop()
    tablet.mark(1, lesson, 5)
    tablet.tell_worker("sync")
    assert len(tablet.operations) == 1
    assert "5" in tablet.look(f"/lesson/{lesson}")["text"]


def test_a_revoked_tablet_can_be_enrolled_again(tablet: Tablet, school: School) -> None:
    take_out_of_use(tablet)
    tablet.tell_worker("sync")
    tablet.page.get_by_role("heading", name="This tablet is no longer enrolled").wait_for()
    tablet.enrol()
    tablet.sign_in()
    assert tablet.look("/today")["path"] == "/today"


def test_a_tablet_says_how_it_is(tablet: Tablet, lesson: str) -> None:
    tablet.mark(1, lesson, 5)
    tablet.sync()
    db.session.rollback()
    device = db.session.get_one(Device, tablet.meta["device"])
    assert device.version
    assert (device.unsent, device.oldest) == (0, None)
    assert device.persisted in (True, False)
    assert (device.used or 0) < (device.quota or 0)
