"""Keeping students apart: which pairs, by whom, and that rebuilding sets them again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_desk, create_staff, create_student
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.domain.access.rights import DESK_AND_LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Apart, Lesson, db

BODY = {"students": ["2", "1"], "reason": " They fought \n on Monday. "}
KEPT = ("kept-apart", "These two are kept apart already, so nothing more is needed.")


@pytest.fixture
def leader(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet in the hands of the head of year."""
    create_student("Inaya", "Begum")
    create_student("Cai", "Price")
    create_staff("h.year", role="head-of-year")
    return create_desk(app, "h.year")


def keep(tablet: Tablet, **other: Any) -> str:
    """The id of a pair that was taken."""
    op = tablet.record("apart.set", BODY | other)
    assert tablet.push().json["notes"] == []
    return tablet.id_of(op)


def test_tablets_learn_of_a_pair_and_its_end_but_not_why(leader: Tablet):
    pair = keep(leader)
    assert db.session.get_one(Apart, pair).reason == "They fought on Monday."
    leader.pull()
    assert leader.table("apart") == {pair: {"id": pair, "students": ["1", "2"]}}
    leader.record("apart.end", {"pair": pair})
    leader.push()
    leader.pull()
    assert leader.table("apart") == {}


def test_the_same_pair_is_refused_kindly_while_it_stands(leader: Tablet):
    pair = keep(leader)
    assert leader.refusals("apart.set", BODY) == [KEPT]
    assert leader.refusals("apart.set", BODY | {"students": ["1", "2"]}) == [KEPT]
    keep(leader, students=["1", "3"])
    leader.record("apart.end", {"pair": pair})
    keep(leader)


def test_the_same_pair_twice_in_one_push_is_kept_once(leader: Tablet):
    leader.record("apart.set", BODY)
    leader.record("apart.set", BODY)
    assert [note["n"] for note in leader.push().json["notes"]] == [2]


def test_ending_again_says_nothing_new(app: Flask, leader: Tablet):
    pair = keep(leader)
    leader.record("apart.end", {"pair": pair})
    leader.push()
    stored = db.session.get_one(Apart, pair)
    ended, rev = stored.ended_at, stored.rev
    app.config["CLOCK"].move(days=3)
    assert leader.refusals("apart.end", {"pair": pair}) == []
    db.session.refresh(stored)
    assert (stored.ended_at, stored.rev) == (ended, rev)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"students": ["1", "1"]}, "same-student"),
        ({"students": ["1", "99"]}, "no-such-student"),
        ({"students": ["1"]}, "no-such-student"),
        ({"students": ["1", "2", "3"]}, "no-such-student"),
        ({"students": ["1", 2]}, "no-such-student"),
        ({"students": [["1"], {}]}, "no-such-student"),
        ({"reason": " \n"}, "no-reason"),
        ({"reason": None}, "no-reason"),
    ],
)
def test_a_pair_that_cannot_be_is_refused_with_a_reason(leader: Tablet, body: dict[str, Any], reason: str):
    assert [given for given, _ in leader.refusals("apart.set", BODY | body)] == [reason]
    assert db.session.query(Apart).count() == 0


def test_junk_in_a_pair_is_refused(leader: Tablet):
    for value in VALUES:
        leader.record("apart.set", BODY | {"students": value})
        leader.record("apart.set", BODY | {"students": [value, value]})
        leader.record("apart.end", {"pair": value})
    notes = leader.push().json["notes"]
    assert len(notes) == len(leader.ops)
    assert all(note["detail"] for note in notes)


def test_pairs_are_set_and_ended_by_the_desk_and_the_leaders_alone(app: Flask, leader: Tablet):
    pair = keep(leader)
    for role in ROLES:
        create_staff(f"x.{role}", role=role)
        tablet = create_desk(app, f"x.{role}")
        tablet.record("apart.end", {"pair": pair})
        tablet.record("apart.set", BODY | {"students": ["1"]})
        refused = [note["reason"] for note in tablet.push().json["notes"]]
        allowed = role in DESK_AND_LEADERS
        assert (role, refused) == (role, ["no-such-student"] if allowed else ["not-allowed"] * 2)


def test_rebuilding_sets_the_pairs_again(leader: Tablet):
    keep(leader, students=["3", "1"])
    leader.record("apart.end", {"pair": keep(leader)})
    leader.push()
    check_rebuilding("apart", Apart, reason="", ended_at=datetime(2020, 1, 1, tzinfo=UTC))
