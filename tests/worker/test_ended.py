"""A sign-in that is ended at school ends on the tablet as soon as it hears of it, and what was recorded counts."""

import pytest

from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.account.endings import end_everything
from webapp.models import Score, db
from webapp.school import clock
from webapp.sync.log.revisions import writing


def end(staff: str = "a.adeyemi") -> None:
    with writing():
        end_everything(staff, clock.now())


@pytest.mark.parametrize("asks", ["a page that is open", "the next tap"])
def test_who_is_signed_out_at_school_holds_the_tablet_no_more(
    tablet: Tablet, school: School, lesson: str, asks: str
) -> None:
    tablet.tap("/pin", is_fragment=False, pin="4711")
    if asks == "a page that is open":
        tablet.page.goto(f"{school.url}/lesson/{lesson}")
    school.stop()
    tablet.mark(1, lesson, 5)
    school.app.config["CLOCK"].move(minutes=1)
    end()
    school.start()
    tablet.sync()
    if asks == "a page that is open":
        tablet.page.wait_for_url("**/sign-in")
    tablet.eventually(lambda: tablet.look("/today")["path"] == "/sign-in")
    assert tablet.mark(2, lesson, 4)["path"] == "/sign-in"
    assert "That sign-in has ended" in tablet.tap("/hold", is_fragment=False, staff="a.adeyemi", pin="4711")["text"]
    db.session.rollback()
    assert [(score.student_id, score.mark) for score in db.session.query(Score)] == [(1, "5")]


def test_who_signs_in_again_goes_on_without_the_old_pin(tablet: Tablet, school: School) -> None:
    tablet.tap("/pin", is_fragment=False, pin="4711")
    end()
    tablet.tell_worker("sync")
    tablet.eventually(lambda: tablet.look("/today")["path"] == "/sign-in")
    school.app.config["CLOCK"].move(minutes=1)
    assert tablet.sign_in()["path"] == "/today"
    tablet.tap("/sign-out", is_fragment=False)
    assert tablet.tap("/hold", is_fragment=False, staff="a.adeyemi")["path"] == "/today"


def test_others_on_the_tablet_stay_signed_in_with_their_pins(tablet: Tablet, school: School) -> None:
    tablet.sign_in("b.baptiste")
    tablet.tap("/pin", is_fragment=False, pin="4711")
    end()
    tablet.tell_worker("sync")
    tablet.eventually(lambda: tablet.meta["signed_in"][0]["until"] < tablet.meta["signed_in"][1]["until"])
    assert tablet.look("/today")["path"] == "/today"
    assert list(tablet.meta["pins"]) == ["b.baptiste"]
