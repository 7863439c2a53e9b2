"""What cannot be used is kept for somebody to look at, up to what a tablet can honestly hold."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.builders import Desk, Tablet, create_desk, create_staff, create_tablet
from webapp.models import AuditLine, Device, Operation, Quarantined, db
from webapp.school import clock
from webapp.sync.devices.devices import revoke
from webapp.sync.log import flood
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing
from webapp.sync.operations import attention

MOST = 12
A_PUSH = 5


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "MOST_ENTRIES", MOST)


@pytest.fixture
def office(app: Flask, tablet: Tablet) -> Desk:
    create_staff("p.okonkwo", role="office")
    return create_desk(app)


def _revoked(tablet: Tablet) -> None:
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.device), clock.now(), revs)


def _mistaken(tablet: Tablet) -> None:
    tablet.incarnation = "ffffffff"


WAYS: dict[str, Callable[[Tablet], None]] = {"revoked": _revoked, "another-device": _mistaken}


def bad(tablet: Tablet, first: int, count: int = A_PUSH) -> list[dict[str, Any]]:
    """Operations that nobody can use: about a lesson there is not."""
    body = {"student": "1", "lesson": "999", "mark": 4}
    wall = tablet.record("score.record", body)["wall"]
    tablet.ops.clear()
    return [
        {"n": n, "kind": "score.record", "by": "a.adeyemi", "wall": wall, "body": body}
        for n in range(first, first + count)
    ]


def send(tablet: Tablet, ops: list[dict[str, Any]]) -> tuple[int, str]:
    answer = tablet.push(ops)
    return answer.status_code, answer.json.get("reason", "")


def kept() -> int:
    db.session.rollback()
    return db.session.query(Quarantined).count()


def audited() -> int:
    return db.session.query(AuditLine).filter_by(event="tablet.flood").count()


@pytest.mark.parametrize("way", WAYS)
def test_no_more_is_put_aside_in_a_day_than_a_tablet_can_hold(tablet: Tablet, way: str):
    WAYS[way](tablet)
    pushes = [bad(tablet, 1 + i * A_PUSH) for i in range(6)]
    assert [send(tablet, ops) for ops in pushes[:3]] == [(401, way)] * 3
    assert [send(tablet, ops) for ops in pushes[3:]] == [(429, "too-much")] * 3
    assert kept() == 3 * A_PUSH
    assert send(tablet, pushes[0]) == (401, way)
    assert send(tablet, []) == (401, way)
    assert audited() == 1
    assert "more in one day" in (db.session.get_one(Device, tablet.device).trouble or "")
    tablet.clock.move(days=1)
    assert send(tablet, pushes[3]) == (401, way)
    assert kept() == 4 * A_PUSH


def test_few_long_entries_count_as_much_as_many_short_ones(tablet: Tablet, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(flood, "MOST_LETTERS", 60_000)
    _revoked(tablet)
    long = [ops | {"body": {f"part{n}": "x" * 400 for n in range(100)}} for ops in bad(tablet, 1, 4)]
    assert [send(tablet, [ops])[0] for ops in long] == [401, 401, 429, 429]


def test_one_number_with_ever_other_content_comes_to_an_end(tablet: Tablet):
    tablet.mark(1, 1, 4)
    tablet.push()
    answers = []
    for mark in range(MOST + 3):
        [op] = bad(tablet, 1, 1)
        answers.append(send(tablet, [op | {"body": op["body"] | {"was": mark}}])[0])
    assert answers == [200] * MOST + [429] * 3
    assert kept() == MOST


def test_refused_entries_of_a_tablet_in_use_come_to_an_end_and_none_is_lost(tablet: Tablet):
    pushes = [bad(tablet, 1 + i * A_PUSH) for i in range(4)]
    assert [send(tablet, ops)[0] for ops in pushes] == [200, 200, 200, 429]
    good = tablet.push([bad(tablet, 1 + 3 * A_PUSH, 1)[0] | {"body": {"student": "1", "lesson": "1", "mark": 4}}])
    assert good.status_code == 429
    assert tablet.push([]).json["upto"] == 3 * A_PUSH
    tablet.clock.move(days=1)
    assert send(tablet, pushes[3])[0] == 200
    db.session.rollback()
    assert db.session.query(Operation).filter_by(status="refused").count() == 4 * A_PUSH
    assert audited() == 1


def test_good_entries_count_for_nothing(tablet: Tablet):
    for n in range(1, 3 * MOST):
        tablet.mark(1, 1, n % 6)
    assert tablet.push().status_code == 200
    assert db.session.get_one(Device, tablet.device).bad_entries == 0


def test_what_one_tablet_sends_holds_up_no_other(app: Flask, tablet: Tablet):
    other = create_tablet(app)
    for i in range(4):
        send(tablet, bad(tablet, 1 + i * A_PUSH))
    assert send(other, bad(other, 1))[0] == 200


KINDS = {"quarantine.settle": _revoked, "refusal.settle": lambda _: None}


def open_of(kind: str, tablet: Tablet) -> list[int]:
    """What of a tablet is listed, by the numbers that settling all goes up to."""
    db.session.rollback()
    return attention.open_of(kind, tablet.device, 1_000)


def last(kind: str, tablet: Tablet) -> str:
    return str(open_of(kind, tablet)[-1])


@pytest.mark.parametrize("kind", KINDS)
def test_all_of_a_tablet_is_settled_at_once_and_it_may_send_again(tablet: Tablet, office: Desk, kind: str):
    KINDS[kind](tablet)
    for i in range(4):
        send(tablet, bad(tablet, 1 + i * A_PUSH))
    assert office.refusals(kind, {"tablet": tablet.device, "upto": last(kind, tablet)}) == []
    assert open_of(kind, tablet) == []
    assert "one day" not in (db.session.get_one(Device, tablet.device).trouble or "")
    assert send(tablet, bad(tablet, 1 + 3 * A_PUSH))[0] == (401 if kind == "quarantine.settle" else 200)
    assert len(open_of(kind, tablet)) == A_PUSH
    assert not any(rebuild().values())
    assert len(open_of(kind, tablet)) == A_PUSH


def test_only_what_was_listed_up_to_a_number_is_settled(tablet: Tablet, office: Desk):
    _revoked(tablet)
    send(tablet, bad(tablet, 1))
    ids = [item.id for item in db.session.query(Quarantined).order_by(Quarantined.id)]
    assert office.refusals("quarantine.settle", {"tablet": tablet.device, "upto": str(ids[2])}) == []
    db.session.rollback()
    assert [item.settled_at is None for item in db.session.query(Quarantined).order_by(Quarantined.id)] == [
        *(False, False, False, True, True),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"tablet": "d999", "upto": "5"},
        {"tablet": None, "upto": "5"},
        {"tablet": "\ud800", "upto": "5"},
        {"tablet": "x" * 100_000, "upto": "5"},
        {"tablet": ["d1"], "upto": {}},
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_tablet_there_is_not_has_nothing_to_settle(office: Desk, kind: str, body: dict[str, Any]):
    assert [reason for reason, _ in office.refusals(kind, body)] == ["no-such-entry"]


@pytest.mark.parametrize("upto", [None, -1, "0", "", 10**30, "9" * 400, "100000", [], True])
def test_what_is_no_entry_of_the_tablet_settles_nothing(tablet: Tablet, office: Desk, upto: object):
    send(tablet, bad(tablet, 1))
    refusals = office.refusals("refusal.settle", {"tablet": tablet.device, "upto": upto})
    assert [reason for reason, _ in refusals] == ["no-such-entry"]
    assert len(open_of("refusal.settle", tablet)) == A_PUSH


def test_whoever_may_settle_only_their_own_does_not_settle_all(tablet: Tablet):
    send(tablet, bad(tablet, 1))
    body = {"tablet": tablet.device, "upto": last("refusal.settle", tablet)}
    tablet.ops.clear()
    answer = tablet.push([bad(tablet, 1 + A_PUSH, 1)[0] | {"kind": "refusal.settle", "body": body}])
    assert [note["reason"] for note in answer.json["notes"]] == ["not-allowed"]


def test_a_tablet_hears_that_all_of_its_refused_entries_are_settled(tablet: Tablet, office: Desk):
    send(tablet, bad(tablet, 1))
    tablet.pull()
    assert len(tablet.table("refusals")) == A_PUSH
    office.refusals("refusal.settle", {"tablet": tablet.device, "upto": last("refusal.settle", tablet)})
    tablet.pull()
    assert len([row for row in tablet.table("refusals").values() if row]) == 0
