"""Cards: tokens nobody can guess, given out once, and whose they are."""

import base64
import re

import pytest
from flask import Flask

from tests.builders import create_group, create_staff, create_student
from tests.sync.junk import VALUES
from webapp.models import Card, db
from webapp.school import clock
from webapp.student.cards import digest_of, issue, make_token, student_of


@pytest.fixture(autouse=True)
def school(app: Flask) -> None:
    create_group()
    create_staff("p.okonkwo", role="office")
    create_staff("a.adeyemi")
    for name in ("Zoë", "Inaya"):
        create_student(name)


def name_of(token: str) -> str | None:
    student = student_of(token)
    return student.legal_forename if student else None


def test_a_token_is_128_random_bits_in_an_address():
    tokens = {make_token() for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
        assert len(base64.urlsafe_b64decode(f"{token}==")) == 16


def test_a_card_leads_to_its_student():
    tokens = issue([1, 2], "p.okonkwo")
    assert {student: name_of(token) for student, token in tokens.items()} == {1: "Zoë", 2: "Inaya"}


def test_the_school_keeps_the_hash_alone():
    (token,) = issue([1], "p.okonkwo").values()
    assert db.session.get_one(Card, 1).digest == digest_of(token) != token
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_new_card_replaces_the_one_before():
    (first,) = issue([1], "p.okonkwo").values()
    (second,) = issue([1], "p.okonkwo").values()
    assert (name_of(first), name_of(second)) == (None, "Zoë")


def test_who_may_not_issue_cards_gets_none_and_the_old_one_works():
    (token,) = issue([1], "p.okonkwo").values()
    assert issue([1, 2], "a.adeyemi") == {}
    assert issue([99], "p.okonkwo") == {}
    assert name_of(token) == "Zoë"


def test_the_card_of_somebody_who_left_does_not_work():
    gone = create_student("Cai", left=clock.today())
    (token,) = issue([gone.id], "p.okonkwo").values()
    assert name_of(token) is None


def test_junk_is_nobodys_card():
    issue([1], "p.okonkwo")
    assert not any(student_of(value) for value in VALUES if isinstance(value, str))
