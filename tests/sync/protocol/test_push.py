"""What the protocol promises of pushes, over whole requests."""

from typing import Any

import pytest

from tests.builders import Tablet
from webapp.models import Device, Operation, Quarantined, Score, db

pytestmark = pytest.mark.both_databases


def notes(answer: Any) -> list[tuple[int, str, str]]:
    return [(note["n"], note["status"], note["reason"]) for note in answer.json["notes"]]


def test_a_mark_is_stored_and_comes_back_as_a_row(tablet: Tablet) -> None:
    tablet.mark(1, 1, 4)
    answer = tablet.push()
    assert answer.status_code == 200
    assert answer.json["upto"] == 1
    assert answer.json["notes"] == []
    tablet.pull()
    score = tablet.table("scores")["1.1"]
    assert (score["mark"], score["by"], score["op"]) == (
        4,
        "a.adeyemi",
        f"{tablet.device}.{tablet.incarnation}.1",
    )


def test_a_repeated_push_changes_nothing(tablet: Tablet) -> None:
    tablet.mark(1, 1, 4)
    first, second = tablet.push(), tablet.push()
    assert second.json["upto"] == first.json["upto"] == 1
    assert second.json["head"] == first.json["head"]
    assert db.session.query(Operation).count() == 1


def test_after_a_gap_nothing_is_stored_and_the_missing_number_is_asked_for(tablet: Tablet) -> None:
    for mark in (1, 2, 3, 4):
        tablet.mark(1, 1, mark)
    answer = tablet.push([tablet.ops[0], tablet.ops[2], tablet.ops[3]])
    assert answer.status_code == 409
    assert answer.json["expect"] == 2
    assert answer.json["upto"] == 1
    assert tablet.push().json["upto"] == 4


def test_other_content_under_a_used_number_is_quarantined_and_noted(tablet: Tablet) -> None:
    tablet.mark(1, 1, 4)
    tablet.push()
    forged = tablet.ops[0] | {"body": {"student": "1", "lesson": "1", "mark": 5}}
    for _ in range(2):
        assert notes(tablet.push([forged])) == [(1, "refused", "forked")]
    assert db.session.query(Quarantined).count() == 1
    assert db.session.query(Score).one().mark == "4"
    assert db.session.get_one(Device, tablet.device).trouble
