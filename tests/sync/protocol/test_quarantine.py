"""A tablet taken out of use reads nothing more; what it still sends is put aside, and can be accepted by the office."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_desk, create_staff
from webapp.models import Device, Operation, Quarantined, Score, db
from webapp.school import clock
from webapp.sync.devices.devices import revoke
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing


@pytest.fixture
def office(app: Flask, tablet: Tablet) -> Tablet:
    """The office's own tablet."""
    create_staff("p.okonkwo", role="office")
    return create_desk(app, "p.okonkwo")


@pytest.fixture
def revoked(tablet: Tablet, office: Tablet) -> Tablet:
    """Ada's tablet: it has marked Zoë with 4 unsent when it is taken out of use, and then sends it."""
    tablet.pull()
    tablet.mark(1, 1, 4)
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.device), clock.now(), revs)
    tablet.clock.move(minutes=5)
    assert tablet.push().status_code == 401
    return tablet


def accept(office: Tablet, item: int = 1) -> list[str]:
    """The reasons for which an entry is not accepted."""
    return [reason for reason, _ in office.refusals("quarantine.accept", {"quarantined": str(item)})]


def marks() -> list[tuple[str | None, str, datetime]]:
    db.session.rollback()
    return [(score.mark, score.by, score.at) for score in db.session.query(Score)]


def test_a_revoked_tablet_is_told_so_in_every_call(revoked: Tablet):
    answers: list[Any] = [
        revoked.push([]),
        revoked.client.get("/sync/v1/pull"),
        revoked.client.get("/sync/v1/live"),
        revoked.sign_in(),
    ]
    assert [(answer.status_code, answer.json["reason"]) for answer in answers] == [(401, "revoked")] * 4


def test_what_it_recorded_does_not_count_until_it_is_accepted(revoked: Tablet):
    assert marks() == []
    assert db.session.query(Quarantined).one().reason == "revoked"


def test_an_accepted_entry_counts_as_its_author_recorded_it(revoked: Tablet, office: Tablet):
    assert accept(office) == []
    assert marks() == [("4", "a.adeyemi", datetime(2026, 3, 3, 10, 21, 7, tzinfo=UTC))]
    entered = db.session.query(Operation).filter_by(device_id=revoked.device).one()
    assert (entered.id, entered.status, entered.digest) == (
        f"{revoked.device}.{revoked.incarnation}.1",
        "applied",
        db.session.query(Quarantined).one().digest,
    )
    office.pull()
    assert office.table("scores")["1.1"]["mark"] == 4
    assert not any(rebuild().values())


def test_an_entry_is_accepted_once_however_often_it_is_sent_and_said(revoked: Tablet, office: Tablet):
    assert accept(office) == []
    assert revoked.push().status_code == 401
    assert accept(office) == ["no-such-entry"]
    assert db.session.query(Quarantined).count() == 1
    assert len(marks()) == 1


def test_two_entries_under_one_number_are_never_both_accepted(revoked: Tablet, office: Tablet):
    revoked.push([revoked.ops[0] | {"body": {"student": "1", "lesson": "1", "mark": 2}}])
    office.record("quarantine.accept", {"quarantined": "1"})
    assert accept(office, 2) == ["forked"]
    assert [mark for mark, _, _ in marks()] == ["4"]
    assert not any(rebuild().values())


def test_an_entry_whose_number_is_in_the_log_cannot_be_accepted(tablet: Tablet, office: Tablet):
    tablet.mark(1, 1, 4)
    tablet.push()
    tablet.push([tablet.ops[0] | {"body": {"student": "1", "lesson": "1", "mark": 2}}])
    assert accept(office) == ["forked"]


def test_the_rules_judge_an_accepted_entry_like_any_other(tablet: Tablet, office: Tablet):
    tablet.mark(99, 1, 4)
    tablet.record("trip.decide", {})
    tablet.mark(1, 1, 3, by="p.okonkwo")
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.device), clock.now(), revs)
    tablet.push()
    assert [accept(office, item) for item in (1, 2, 3)] == [[], [], []]
    stored = db.session.query(Operation).filter_by(device_id=tablet.device).order_by(Operation.n)
    assert [operation.reason for operation in stored] == ["no-such-student", "not-allowed", "not-signed-in"]
    assert not any(rebuild().values())


def test_what_one_entry_says_of_another_is_understood(tablet: Tablet, office: Tablet):
    stay = tablet.record("space.enter", {"space": "hazel", "student": "1"})
    tablet.record("space.leave", {"stay": tablet.id_of(stay), "free_to_leave": True})
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.device), clock.now(), revs)
    tablet.push()
    assert [accept(office, item) for item in (1, 2)] == [[], []]
    office.pull()
    assert office.table("stays")[tablet.id_of(stay)]["free_to_leave"] is True
    assert not any(rebuild().values())


def test_teachers_accept_nothing(app: Flask, revoked: Tablet):
    create_staff("b.boyle")
    assert accept(create_desk(app, "b.boyle")) == ["not-allowed"]
    assert marks() == []
