"""The reward room's door: whom it opens to on which day, who is inside, and that rebuilding lets them in again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Tablet, create_staff, create_student, create_tablet
from tests.builders_rewards import give, limit
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.models import Admission, Lesson, db

BREAK = "2026-03-03/break"
NOT_ENTITLED = [("not-entitled", "The level on that day does not open the reward room.")]


@pytest.fixture
def door(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet at the door; Zoë is on Heroic this week and Inaya on Creative."""
    create_student("Inaya", "Begum")
    give(1, 5)
    give(2, 4)
    create_staff("r.reid", role="reception")
    return create_tablet(app, staff="r.reid", duty="reception")


def admit(tablet: Tablet, student: str = "1", window: str = BREAK, **other: Any) -> str:
    """The id of an admission that was taken."""
    op = tablet.record("room.admit", {"student": student, "window": window}, **other)
    assert tablet.push().json["notes"] == []
    return tablet.id_of(op)


def leave(tablet: Tablet, admission: str, **other: Any) -> None:
    assert tablet.refusals("room.leave", {"admission": admission}, **other) == []


def stored(admission: str) -> Admission:
    db.session.rollback()
    return db.session.get_one(Admission, admission)


def test_a_student_is_inside_until_they_leave(app: Flask, door: Tablet):
    admission, came = admit(door), door.clock.now
    row = stored(admission)
    assert (row.student_id, row.window, row.day, row.by) == (1, BREAK, date(2026, 3, 3), "r.reid")
    assert (row.at, row.left, row.again) == (came, None, False)
    door.clock.move(minutes=10)
    leave(door, admission)
    assert stored(admission).left == door.clock.now


def test_leaving_again_says_nothing_new(door: Tablet):
    admission = admit(door)
    leave(door, admission)
    left, rev = stored(admission).left, stored(admission).rev
    door.clock.move(minutes=5)
    leave(door, admission)
    assert (stored(admission).left, stored(admission).rev) == (left, rev)


def test_a_clock_long_behind_lets_nobody_out_before_they_came_in(door: Tablet):
    admission = admit(door)
    leave(door, admission, wall=door.sign_in_by_a_wrong_clock(days=-3650))
    assert stored(admission).left == stored(admission).at


def test_whoever_is_inside_already_is_let_in_again_and_it_shows(app: Flask, door: Tablet):
    other = create_tablet(app)
    first, second = admit(door), admit(other)
    assert (stored(first).again, stored(second).again) == (False, True)
    door.clock.move(minutes=5)
    leave(other, second)
    assert stored(first).left == stored(second).left == door.clock.now
    assert not stored(admit(door)).again


def test_another_student_or_another_pause_is_not_again(door: Tablet):
    give(2, 5)
    admit(door)
    assert not stored(admit(door, student="2")).again
    assert not stored(admit(door, window="2026-03-03/lunch")).again


def test_a_leave_ends_nothing_that_began_after_it(app: Flask, door: Tablet):
    """Both doors were offline, and the one that saw the student come back was the first to be heard."""
    other = create_tablet(app)
    out = door.record("room.admit", {"student": "1", "window": BREAK})
    door.record("room.leave", {"admission": door.id_of(out)})
    door.clock.move(minutes=5)
    back = admit(other)
    assert door.push().json["notes"] == []
    assert stored(door.id_of(out)).left is not None
    assert stored(back).left is None


def test_another_level_does_not_open_the_door(door: Tablet):
    create_student("Cai", "Price")
    for student in ("2", "3"):
        assert door.refusals("room.admit", {"student": student, "window": BREAK}) == NOT_ENTITLED
    assert db.session.query(Admission).count() == 0


def test_last_weeks_level_never_opens_this_weeks_door(door: Tablet):
    give(2, 5, date(2026, 2, 17))
    assert door.refusals("room.admit", {"student": "2", "window": BREAK}) == NOT_ENTITLED
    admit(door, student="2", window="2026-02-24/lunch")  # an entry from then, arriving late


def test_a_limit_in_force_on_the_day_closes_the_door(door: Tablet):
    for student, start, until, refused in (
        (3, "2026-03-03", None, NOT_ENTITLED),
        (4, "2026-03-03", "2026-03-03", NOT_ENTITLED),
        (5, "2026-03-02", "2026-03-02", []),
        (6, "2026-03-04", None, []),
    ):
        assert create_student().id == student
        give(student, 5)
        limit(student, "creative", start, until)
        answer = door.refusals("room.admit", {"student": str(student), "window": BREAK})
        assert (student, answer) == (student, refused)


def test_a_limit_lifted_that_day_opens_the_door(door: Tablet):
    op = door.record("reward.cap", {"student": "1", "cap": "none", "from": "2026-03-01", "reason": "Smoke"})
    door.record("reward.lift", {"cap": door.id_of(op)})
    admit(door)


def test_an_admission_arriving_late_is_judged_by_its_own_day(door: Tablet):
    kept = door.record("room.admit", {"student": "1", "window": BREAK})
    came = door.clock.now
    door.clock.move(days=6)
    give(1, 0, date(2026, 3, 5))
    limit(1, "none", "2026-03-04")
    assert door.push().json["notes"] == []
    assert (stored(door.id_of(kept)).at, stored(door.id_of(kept)).day) == (came, date(2026, 3, 3))
    assert door.refusals("room.admit", {"student": "1", "window": "2026-03-09/break"}) == NOT_ENTITLED


def test_a_limit_that_the_door_had_not_heard_of_refuses_the_late_admission(door: Tablet):
    door.record("room.admit", {"student": "1", "window": BREAK})
    limit(1)
    assert [note["reason"] for note in door.push().json["notes"]] == ["not-entitled"]


def test_a_window_is_a_day_and_a_pause_of_the_room(door: Tablet):
    for window, reason in (
        ("2026-03-04/break", "no-such-day"),
        ("9999-12-31/lunch", "no-such-day"),
        ("0001-01-01/lunch", "no-such-day"),
        ("2026-03-03/evening", "no-such-window"),
        ("2026-03-03", "no-such-window"),
        ("2026-03-03/", "no-such-window"),
        ("2026-03-03/break/break", "no-such-window"),
        ("2026-02-30/break", "no-such-window"),
        ("2026-3-3/break", "no-such-window"),
        (" 2026-03-03/break", "no-such-window"),
        ("/break", "no-such-window"),
    ):
        refused = door.refusals("room.admit", {"student": "1", "window": window})
        assert (window, [given for given, _ in refused]) == (window, [reason])


def test_junk_at_the_door_is_refused(door: Tablet):
    for value in VALUES:
        door.record("room.admit", {"student": "1", "window": value})
        door.record("room.leave", {"admission": value})
        if value != "1":
            door.record("room.admit", {"student": value, "window": BREAK})
    door.record("room.leave", {"admission": "d9.a9.1"})
    notes = door.push().json["notes"]
    assert len(notes) == len(door.ops)
    assert all(note["detail"] for note in notes)
    assert db.session.scalars(select(Admission)).all() == []


def test_rebuilding_lets_everybody_in_and_out_again(app: Flask, door: Tablet):
    other = create_tablet(app)
    admit(door)
    leave(other, admit(other))
    admit(door)
    out = door.record("room.admit", {"student": "1", "window": "2026-03-03/lunch"})
    door.record("room.leave", {"admission": door.id_of(out)})
    door.clock.move(minutes=5)
    admit(other, window="2026-03-03/lunch")
    door.push()
    check_rebuilding("room", Admission, by="nobody", left=datetime(2020, 1, 1, tzinfo=UTC), again=False)
