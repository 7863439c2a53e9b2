"""How students appear on the hall board: who says so, what a name may be, and that rebuilding keeps it."""

from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_desk, create_staff, create_student, give_groups
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.domain.access.rights import DESK_AND_LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import BoardName, Lesson, db

BODY = {"student": "1", "alias": " The \n Owl ", "opted_out": False}


@pytest.fixture
def tutor(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet in the tutor's hands."""
    create_student("Inaya", "Begum")
    create_staff("t.tutor", role="tutor")
    give_groups("t.tutor", "8B")
    return create_desk(app, "t.tutor")


def name(tablet: Tablet, **other: Any) -> list[str]:
    """Why it was refused, if it was."""
    return [reason for reason, _ in tablet.refusals("board.name", BODY | other)]


def named() -> tuple[str | None, bool]:
    db.session.rollback()
    row = db.session.get_one(BoardName, 1)
    return row.alias, row.opted_out


def test_the_last_word_stands(tutor: Tablet):
    assert name(tutor) == []
    assert named() == ("The Owl", False)
    assert name(tutor, alias=" ", opted_out=True) == []
    assert named() == (None, True)
    assert name(tutor, alias=None) == []
    assert named() == (None, False)


def test_names_are_given_by_tutors_the_desk_and_leaders_alone(app: Flask, tutor: Tablet):
    for role in ROLES:
        create_staff(f"x.{role}", role=role)
        give_groups(f"x.{role}", "8B")
        refused = name(create_desk(app, f"x.{role}"))
        assert (role, refused) == (role, [] if role in (*DESK_AND_LEADERS, "tutor") else ["not-allowed"])


def test_a_name_that_cannot_be_is_refused_with_a_reason(tutor: Tablet):
    for key, value, reason in (
        ("student", "99", "no-such-student"),
        ("alias", "x" * 31, "no-such-name"),
        ("alias", 7, "no-such-name"),
        ("alias", ["Owl"], "no-such-name"),
        ("opted_out", None, "no-answer"),
        ("opted_out", 1, "no-answer"),
        ("opted_out", "yes", "no-answer"),
    ):
        refused = name(tutor, **{key: value})
        assert (key, value, refused) == (key, value, [reason])
    assert db.session.query(BoardName).count() == 0


def test_junk_for_a_name_blocks_nothing(tutor: Tablet):
    for value in VALUES:
        tutor.record("board.name", BODY | {"alias": value})
        tutor.record("board.name", BODY | {"student": value})
        tutor.record("board.name", BODY | {"opted_out": value})
    assert tutor.push().json["upto"] == len(tutor.ops)
    alias, _ = named()
    assert alias is None or len(alias) <= 30


def test_rebuilding_names_everybody_again(tutor: Tablet):
    name(tutor, opted_out=True)
    name(tutor)
    check_rebuilding("board", BoardName, {"student_id": 2}, alias="Nobody", opted_out=True)
