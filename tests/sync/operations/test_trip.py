"""Who goes on the trip is never decided silently: of those tied for the last places a leader picks, and says why."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_desk, create_staff, create_student
from tests.builders_rewards import give
from tests.builders_spaces import create_half_term
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.domain.access.rights import LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Lesson, TripDecision, db

HALF_TERM = "2026-02-23"
BODY = {"half_term": HALF_TERM, "picked": ["8", "10"], "tied": ["10", "9", "8", "7"], "why": " Drew \n lots "}


@pytest.fixture
def leader(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet in the head's hands. Six of ten students are ahead, and four tied for the last two of eight places."""
    create_half_term()
    for n in range(1, 11):
        give(n if n == 1 else create_student(f"S{n}"), 5 if n <= 6 else 4)
    create_staff("c.quartey", role="head")
    return create_desk(app, "c.quartey")


def decide(tablet: Tablet, **other: Any) -> list[str]:
    """Why it was refused, if it was."""
    return [reason for reason, _ in tablet.refusals("trip.decide", BODY | other)]


def decided() -> tuple[list[str], str, str]:
    db.session.rollback()
    (row,) = db.session.query(TripDecision)
    return json.loads(row.picked), row.why, row.by


def test_a_leader_picks_among_those_tied(leader: Tablet):
    assert decide(leader) == []
    assert decided() == (["8", "10"], "Drew lots", "c.quartey")
    assert json.loads(db.session.query(TripDecision).one().tied) == ["7", "8", "9", "10"]


def test_deciding_again_replaces_the_decision(leader: Tablet):
    decide(leader)
    assert decide(leader, picked=["9", "7"], why="Turns") == []
    assert decided() == (["7", "9"], "Turns", "c.quartey")


def test_what_counts_is_who_is_tied_when_the_school_hears_of_it(leader: Tablet):
    leader.record("trip.decide", BODY)
    give(9, 3)
    (note,) = leader.push().json["notes"]
    assert note["reason"] == "not-tied"
    assert decide(leader, tied=["7", "8", "10"]) == []


def test_nobody_is_picked_where_nobody_is_tied(leader: Tablet):
    create_half_term("Spring 1", date(2026, 1, 5), date(2026, 2, 13))
    assert decide(leader, half_term="2026-01-05", picked=[], tied=[]) == ["not-tied"]


def test_only_leaders_decide(app: Flask, leader: Tablet):
    for role in ROLES:
        create_staff(f"x.{role}", role=role)
        refused = decide(create_desk(app, f"x.{role}"))
        assert (role, refused) == (role, [] if role in LEADERS else ["not-allowed"])


def test_a_decision_that_cannot_be_is_refused_with_a_reason(leader: Tablet):
    for key, value, reason in (
        ("half_term", "2026-02-24", "no-such-half-term"),
        ("half_term", "2026-02-30", "no-such-half-term"),
        ("half_term", None, "no-such-half-term"),
        ("why", " ", "no-reason"),
        ("why", None, "no-reason"),
        ("tied", ["7", "8", "10"], "not-tied"),
        ("tied", ["1", "7", "8", "9", "10"], "not-tied"),
        ("tied", None, "not-tied"),
        ("tied", "8", "not-tied"),
        ("picked", ["1", "8"], "not-tied"),
        ("picked", ["8", "99"], "not-tied"),
        ("picked", [8, 10], "not-tied"),
        ("picked", [["8"], {}], "not-tied"),
        ("picked", "8", "not-tied"),
        ("picked", [], "wrong-number"),
        ("picked", ["8"], "wrong-number"),
        ("picked", ["8", "8"], "wrong-number"),
        ("picked", ["8", "8", "10"], "wrong-number"),
        ("picked", ["7", "8", "9"], "wrong-number"),
    ):
        assert (key, value, decide(leader, **{key: value})) == (key, value, [reason])
    assert db.session.query(TripDecision).count() == 0


def test_junk_decides_nothing(leader: Tablet):
    for value in VALUES:
        for key in ("half_term", "tied", "picked"):
            leader.record("trip.decide", BODY | {key: value})
        leader.record("trip.decide", BODY | {"tied": [*BODY["tied"], value]})
        leader.record("trip.decide", BODY | {"picked": [value, value]})
        notes = leader.push(leader.ops[-5:]).json["notes"]
        assert len(notes) == 5
        assert all(note["detail"] for note in notes)
    assert db.session.query(TripDecision).count() == 0


def test_rebuilding_decides_again_whatever_the_marks_are_now(leader: Tablet):
    decide(leader, why="Turns")
    decide(leader)
    give(8, 5, period="2")
    check_rebuilding("trip", TripDecision, {"half_term": date(2026, 1, 5)}, picked="[]", tied="[]", why="")
