"""Weekly interventions: who may plan which, where and when, and that rebuilding makes them again."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_desk, create_staff, create_student
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.domain.access.rights import DESK
from webapp.domain.access.roles import ROLES
from webapp.models import Lesson, Plan, db

BODY = {
    "space": "hazel",
    "kind": "friendship",
    "weekday": 2,
    "starts": "10:40",
    "ends": "11:20",
    "first": "2026-03-03",
    "last": None,
    "staff": "a.adeyemi",
    "students": ["1", "2"],
}


@pytest.fixture
def desk(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet in the office's hands."""
    create_student("Inaya", "Begum")
    create_staff("p.okonkwo", role="office")
    return create_desk(app, "p.okonkwo")


def make(tablet: Tablet, **other: Any) -> str:
    """The id of a plan that was taken."""
    op = tablet.record("plan.make", BODY | other)
    assert tablet.push().json["notes"] == []
    return tablet.id_of(op)


def test_a_plan_reaches_tablets_and_its_end_too(app: Flask, desk: Tablet):
    plan = make(desk, last="2026-03-24")
    desk.pull()
    row = desk.table("plans")[plan]
    assert row == BODY | {"id": plan, "last": "2026-03-24", "by": "p.okonkwo", "ended": None}
    app.config["CLOCK"].move(days=7)
    desk.record("plan.end", {"plan": plan})
    desk.push()
    desk.pull()
    assert desk.table("plans")[plan]["ended"] == "2026-03-10"


def test_ending_again_says_nothing_new(app: Flask, desk: Tablet):
    plan = make(desk)
    desk.record("plan.end", {"plan": plan})
    desk.push()
    stored = db.session.get_one(Plan, plan)
    ended, rev = stored.ended, stored.rev
    app.config["CLOCK"].move(days=3)
    assert desk.refusals("plan.end", {"plan": plan}) == []
    db.session.refresh(stored)
    assert (stored.ended, stored.rev) == (ended, rev)


def test_a_clock_long_behind_ends_no_plan_before_it_was_made(app: Flask, desk: Tablet):
    plan = make(desk)
    wrong = "2016-03-03T10:00:00.000Z"
    desk.record("plan.end", {"plan": plan}, wall=wrong)
    desk.push()
    assert db.session.get_one(Plan, plan).ended == date(2026, 3, 3)


def test_a_student_named_twice_takes_part_once(desk: Tablet):
    assert json.loads(db.session.get_one(Plan, make(desk, students=["2", "1", "2"])).students) == ["2", "1"]


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("space", "chestnut", "not-planned"),
        ("space", "attic", "no-such-space"),
        ("kind", "punishment", "no-such-intervention"),
        ("weekday", 0, "no-such-day"),
        ("weekday", 8, "no-such-day"),
        ("weekday", True, "no-such-day"),
        ("starts", "24:00", "no-such-time"),
        ("starts", "9:00", "no-such-time"),
        ("starts", "11:20", "no-such-time"),
        ("ends", "10:40\n", "no-such-time"),
        ("ends", "10:30", "no-such-time"),
        ("first", "2026-02-30", "no-such-day"),
        ("last", "2026-03-02", "no-such-day"),
        ("last", "", "no-such-day"),
        ("staff", "nobody", "no-such-staff"),
        ("staff", "a.adeyemi\x00", "no-such-staff"),
        ("students", [], "no-such-student"),
        ("students", ["1", "99"], "no-such-student"),
        ("students", ["1", 1], "no-such-student"),
        ("students", ["1", ["2"]], "no-such-student"),
        ("students", ["1"] * 31, "too-many"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_reason(desk: Tablet, key: str, value: Any, reason: str):
    assert [given for given, _ in desk.refusals("plan.make", BODY | {key: value})] == [reason]
    assert db.session.query(Plan).count() == 0


@pytest.mark.parametrize("key", [key for key in BODY if key != "last"])
def test_junk_in_a_plan_is_refused(desk: Tablet, key: str):
    for value in VALUES:
        desk.record("plan.make", BODY | {key: value})
    notes = desk.push().json["notes"]
    assert len(notes) == len(VALUES)
    assert all(note["detail"] for note in notes)
    assert db.session.query(Plan).count() == 0


def test_junk_is_no_plan_to_end(desk: Tablet):
    for value in [*VALUES, "d9.a9.1"]:
        assert desk.refusals("plan.end", {"plan": value}) == [("no-such-plan", "There is no plan of this name.")]


def test_plans_are_made_and_ended_by_the_desk_alone(app: Flask, desk: Tablet):
    plan = make(desk)
    for role in ROLES:
        create_staff(f"x.{role}", role=role)
        tablet = create_desk(app, f"x.{role}")
        tablet.record("plan.make", BODY)
        tablet.record("plan.end", {"plan": plan})
        refused = [note["reason"] for note in tablet.push().json["notes"]]
        assert (role, refused) == (role, [] if role in DESK else ["not-allowed"] * 2)


def test_rebuilding_makes_the_plans_again(desk: Tablet):
    make(desk)
    ended = make(desk, last="2026-03-24", students=["2"])
    desk.record("plan.end", {"plan": ended})
    desk.push()
    check_rebuilding("plan", Plan, starts="00:00", ended=date(2020, 1, 1))
