"""A tablet's clock that is wrong, a day that begins, and a tablet that is in other hands."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.builders import create_lesson
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.domain.time.moment import instant
from webapp.models import Operation, Score, db

WRONG = "This tablet's clock is wrong, showing school time."
ASKED = 'id="still"'
STILL = "Still Ada Adeyemi?"


def test_a_clock_reset_to_2001_shows_school_time(tablet: Tablet, school: School, lesson: str) -> None:
    tablet.page.goto(f"{school.url}/today")
    school.stop()
    tablet.set_clock("2001-01-01T00:00:00Z")
    tablet.wake()
    expect(tablet.page.get_by_text(WRONG)).to_be_visible()
    expect(tablet.page.get_by_text("Tuesday 3 March")).to_be_visible()
    tablet.mark(1, lesson, 4)
    [operation] = tablet.operations
    assert operation["at"][:15] == "2026-03-03T10:2"
    assert operation["unsure"]
    assert "(time unsure)" in tablet.look("/waiting")["text"]


@pytest.mark.parametrize("put_right", [True, False])
def test_what_was_recorded_by_a_wrong_clock_counts(
    tablet: Tablet, school: School, lesson: str, put_right: bool
) -> None:
    school.stop()
    tablet.set_clock("2001-01-01T00:00:00Z")
    tablet.mark(1, lesson, 4)
    if put_right:
        tablet.set_clock(None)
    school.start()
    tablet.sync()
    assert db.session.query(Score).one().mark == "4"
    assert instant(db.session.query(Operation).filter_by(kind="score.record").one().at)[:15] == "2026-03-03T10:2"
    assert WRONG not in tablet.look("/today")["text"]


def test_time_goes_on_from_what_was_recorded_last(tablet: Tablet, school: School, lesson: str) -> None:
    school.stop()
    tablet.move_clock(hours=1)
    tablet.mark(1, lesson, 4)
    tablet.set_clock("2001-01-01T00:00:00Z")
    tablet.tell_worker("sync")
    tablet.eventually(lambda: tablet.meta.get("slip"))
    tablet.move_clock(hours=1)
    tablet.mark(1, lesson, 5)
    assert [operation["at"][:14] for operation in tablet.operations] == ["2026-03-03T11:", "2026-03-03T12:"]


def test_a_new_day_shows_by_itself_while_cut_off(tablet: Tablet, school: School) -> None:
    create_lesson(date(2026, 3, 4), subject="Geography")
    tablet.catch_up()
    tablet.page.goto(f"{school.url}/today")
    expect(tablet.page.get_by_text("Maths").first).to_be_visible()
    school.stop()
    tablet.move_clock(hours=14)
    tablet.wake()
    expect(tablet.page.get_by_text("Geography").first).to_be_visible()
    expect(tablet.page.get_by_text(STILL)).to_be_visible()


def test_fridays_teacher_is_asked_on_mondays_tablet(tablet: Tablet, school: School, lesson: str) -> None:
    tablet.page.goto(f"{school.url}/lesson/{lesson}")
    school.stop()
    tablet.move_clock(hours=3 * 24)
    assert "not recorded yet" in tablet.mark(1, lesson, 4)["text"]
    assert tablet.operations == []
    tablet.wake()
    expect(tablet.page.get_by_text(STILL)).to_be_visible()
    tablet.page.get_by_role("button", name="Yes").click()
    expect(tablet.page).to_have_url(f"{school.url}/lesson/{lesson}")
    expect(tablet.page.get_by_text(STILL)).to_have_count(0)
    assert ASKED not in tablet.mark(1, lesson, 4)["text"]
    assert len(tablet.operations) == 1


def test_whoever_is_somebody_else_picks_their_name(tablet: Tablet, school: School) -> None:
    tablet.sign_in("b.baptiste")
    school.stop()
    tablet.move_clock(hours=24)
    tablet.page.goto(f"{school.url}/today")
    tablet.page.get_by_role("button", name="No").click()
    tablet.page.get_by_role("button", name="Ada Adeyemi").click()
    expect(tablet.page.get_by_role("heading", level=1)).to_be_visible()
    assert tablet.meta["holder"] == "a.adeyemi"
    assert ASKED not in tablet.look("/today")["text"]


def test_a_pin_is_asked_for_before_a_tablet_is_still_theirs(tablet: Tablet) -> None:
    tablet.tap("/pin", pin="2580")
    tablet.move_clock(hours=24)
    assert "PIN of" in tablet.tap("/hold", staff="a.adeyemi", back="yes")["text"]
    assert ASKED in tablet.look("/today")["text"]
