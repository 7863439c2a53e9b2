"""Cards: one of each student works, only its hash is kept, and rebuilding issues them again."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tests.builders import Tablet, create_desk, create_staff, create_student
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.domain.access.rights import DESK
from webapp.domain.access.roles import ROLES
from webapp.models import Card, Lesson, db
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing

ONE, OTHER, THIRD = "1" * 64, "e" * 64, "ab" * 32


@pytest.fixture
def desk(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet in the office's hands."""
    create_student("Inaya", "Begum")
    create_staff("p.okonkwo", role="office")
    return create_desk(app, "p.okonkwo")


def issue(tablet: Tablet, digest: Any, student: Any = "1") -> list[str]:
    """Why it was refused, if it was."""
    return [reason for reason, _ in tablet.refusals("card.issue", {"student": student, "digest": digest})]


def cards() -> dict[int, str]:
    db.session.rollback()
    return {card.student_id: card.digest for card in db.session.query(Card)}


def test_a_new_card_replaces_the_one_before(desk: Tablet):
    assert issue(desk, ONE) == []
    before = db.session.get_one(Card, 1).rev
    assert issue(desk, OTHER) == []
    assert cards() == {1: OTHER}
    assert db.session.get_one(Card, 1).rev > before


def test_issuing_the_same_card_again_says_nothing_new(desk: Tablet):
    issue(desk, ONE)
    rev, at = db.session.get_one(Card, 1).rev, desk.clock.now
    desk.clock.move(minutes=5)
    assert issue(desk, ONE) == []
    db.session.rollback()
    assert (db.session.get_one(Card, 1).rev, db.session.get_one(Card, 1).at) == (rev, at)


def test_a_card_is_never_two_students(desk: Tablet):
    issue(desk, ONE)
    issue(desk, OTHER, "2")
    assert issue(desk, ONE, "2") == ["card-taken"]
    assert cards() == {1: ONE, 2: OTHER}


def test_cards_are_issued_by_the_desk_alone(app: Flask, desk: Tablet):
    for n, role in enumerate(ROLES):
        create_staff(f"x.{role}", role=role)
        refused = issue(create_desk(app, f"x.{role}"), f"{n:064x}")
        assert (role, refused) == (role, [] if role in DESK else ["not-allowed"])


def test_junk_is_no_card(desk: Tablet):
    for value in [*VALUES, "E" * 64, "e" * 63, "e" * 65, f"{ONE}\n"]:
        desk.record("card.issue", {"student": "1", "digest": value})
        if value != "1":
            desk.record("card.issue", {"student": value, "digest": ONE})
    notes = desk.push().json["notes"]
    assert len(notes) == len(desk.ops)
    assert all(note["detail"] for note in notes)
    assert cards() == {}


def test_rebuilding_issues_the_cards_again(desk: Tablet):
    issue(desk, ONE)
    issue(desk, OTHER)
    desk.clock.move(minutes=5)
    issue(desk, OTHER)
    check_rebuilding("card", Card, {"student_id": 2, "digest": THIRD}, by="nobody")


def test_rebuilding_takes_a_card_back_from_whom_it_was_never_issued_to(desk: Tablet):
    issue(desk, ONE)
    with writing():
        db.session.execute(update(Card).values(student_id=2))
    assert rebuild()["card"] == 2
    assert cards() == {1: ONE}
