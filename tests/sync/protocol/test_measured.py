"""Whatever a tablet says, it is measured first, kept, and shown on every list."""

import json
import re
from itertools import cycle, product
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from tests.builders import PASSWORD, Tablet, create_staff
from tests.sync.junk import strictly
from webapp.domain.operations import KINDS, RIGHTS
from webapp.domain.text.lengths import LONGEST_FIELD, MOST_ITEMS, longest
from webapp.models import Operation, Quarantined, Student, db
from webapp.sync.log.revisions import writing
from webapp.web import intake

FIELDS = sorted({field for kind in KINDS.values() for field in kind.holds})
HALF = "\ud83d"
ODD: list[Any] = [
    *(HALF, f"{HALF} Zoë", "\udc00\ud83d", "a\0b", "\u0301" * 300, "\u202e\u200b", "\uff11", str(10**30), "9" * 300),
    *(10**30, -(10**30), 2**31, 2**63, 1e308, {HALF: [HALF]}, {"\0": HALF}, [HALF, "\0"], "9999-12-31", "2026-W99"),
]
"""What is short enough to be judged."""

HUGE: list[Any] = [
    *("a" + "\u0301" * 100_000, "x" * 200_000, [HALF * 20_000], {"\u0301" * 60_000: 1}, ["1"] * (MOST_ITEMS + 1)),
    {"a": {"b": ["y" * 100_000]}},
]
LISTS = (
    *("/office/attention", "/office/audit", "/office/tablets", "/office/records", "/office/corrections"),
    *("/office/corrections/mark/1/1", "/office/audit.csv", "/waiting", "/today", "/student/1"),
)


@pytest.fixture
def desk(app: Flask, tablet: Tablet) -> FlaskClient:
    """A head at the desk, who may see every list."""
    create_staff("c.quartey", role="head")
    client = app.test_client()
    client.post("/sign-in", data={"username": "c.quartey", "password": PASSWORD})
    return client


def expect_lists(desk: FlaskClient) -> None:
    """Every list answers, and what is held about a student can be taken out."""
    for address in LISTS:
        g.pop("_login_user", None)
        answer = desk.get(address)
        assert answer.status_code in (200, 404), (address, answer.status_code)
        assert len(answer.data) < 3_000_000, address
    g.pop("_login_user", None)
    assert desk.post("/office/data", data={"student": "1"}).status_code < 500


def send(tablet: Tablet, ops: list[dict[str, Any]]) -> Any:
    """One push, in the form tablets use: what is not ASCII is written as it is, half a pair as an escape."""
    said: dict[str, Any] = {"device": tablet.device, "incarnation": tablet.incarnation, "epoch": tablet.epoch}
    said |= {"now": "2026-03-03T10:21:00.000Z", "ops": ops}
    text = re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):x}", json.dumps(said, ensure_ascii=False))
    answer = tablet.client.post("/sync/v1/push", data=text.encode())
    assert answer.status_code in (200, 401), answer.text
    return strictly(answer.data)


@pytest.mark.parametrize("is_revoked", [False, True])
def test_no_field_of_any_kind_breaks_a_list(tablet: Tablet, desk: FlaskClient, is_revoked: bool):
    with writing():
        tablet_role_to_head()
        if is_revoked:
            db.session.execute(db.text("UPDATE device SET revoked_at = enrolled_at WHERE id LIKE 'd%'"))
    values = cycle(ODD)
    for kind in RIGHTS:
        tablet.record(kind, {field: next(values) for field in FIELDS})
        tablet.record(kind, {field: next(values) for field in FIELDS} | {"student": "1", "lesson": "1"})
    for first in range(0, len(tablet.ops), 10):
        send(tablet, tablet.ops[first : first + 10])
    kept = Quarantined if is_revoked else Operation
    assert db.session.query(kept).count() == len(tablet.ops)
    expect_lists(desk)


ENDS = ("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "0001-01-01", "9999-12-31", "0001-W01", "9999-W52")


@pytest.mark.parametrize("is_revoked", [False, True])
def test_no_moment_at_an_end_of_the_calendar_breaks_a_list(tablet: Tablet, desk: FlaskClient, is_revoked: bool):
    with writing():
        tablet_role_to_head()
        if is_revoked:
            db.session.execute(db.text("UPDATE device SET revoked_at = enrolled_at WHERE id LIKE 'd%'"))
    for end, kind in product(ENDS, RIGHTS):
        who = {"student": "1", "lesson": "1", "space": "haven"}
        tablet.record(kind, dict.fromkeys(FIELDS, end), wall=end)
        tablet.record(kind, dict.fromkeys(FIELDS, end) | who)
    for first in range(0, len(tablet.ops), 100):
        send(tablet, tablet.ops[first : first + 100])
    assert sum(db.session.query(kept).count() for kept in (Operation, Quarantined)) == len(tablet.ops)
    expect_lists(desk)


def tablet_role_to_head() -> None:
    db.session.execute(db.text("UPDATE staff SET role = 'head'"))


@pytest.mark.parametrize("value", HUGE, ids=range(len(HUGE)))
def test_what_is_too_long_is_refused_kept_short_and_blocks_nothing(tablet: Tablet, desk: FlaskClient, value: Any):
    tablet.record("reward.cap", {"student": "1", "cap": "none", "from": "2026-03-03", "until": None, "reason": value})
    tablet.mark(1, 1, 3)
    answer = send(tablet, tablet.ops)
    assert answer["upto"] == 2
    assert [note["reason"] for note in answer["notes"]] == ["too-long"]
    assert send(tablet, tablet.ops)["notes"] == []  # known again, though it was kept otherwise
    stored = db.session.query(Operation).filter_by(n=1).one()
    assert len(stored.body) < 100_000
    assert stored.detail is not None
    assert len(stored.detail) < 200
    expect_lists(desk)


@pytest.mark.parametrize("key", ["kind", "by", "wall", "replaces"])
def test_the_words_of_an_entry_are_cut_before_they_are_cleaned(tablet: Tablet, desk: FlaskClient, key: str):
    for value in ("a" + "\u0301" * 100_000, HALF * 20_000, "\0" * 20_000, str(10**30)):
        op = tablet.mark(1, 1, 3) | {key: value}
        assert send(tablet, [op])["upto"] == op["n"]
    assert all(len(one.kind) <= 100 and len(one.by) <= 100 for one in db.session.query(Operation))
    expect_lists(desk)


@pytest.mark.parametrize("key", ["device", "incarnation", "epoch"])
def test_an_envelope_says_no_more_than_a_word(tablet: Tablet, key: str):
    tablet.mark(1, 1, 3)
    answer = tablet.push(**{key: "\u0301" * 30_000})
    assert (answer.status_code, answer.json["reason"]) == (400, "malformed")
    assert key in answer.json["detail"]
    assert tablet.push().json["upto"] == 1


def test_half_a_pair_is_replaced_in_what_is_kept(tablet: Tablet):
    tablet.record("reward.cap", {"student": "1", "cap": "none", "from": "2026-03-03", "reason": f"{HALF}smoke\0"})
    assert send(tablet, tablet.ops)["notes"] == []
    body = json.loads(db.session.query(Operation).one().body)
    assert body["reason"] == "\ufffdsmoke "
    assert send(tablet, tablet.ops)["notes"] == []


def test_half_a_pair_that_an_earlier_release_kept_breaks_no_list(tablet: Tablet, desk: FlaskClient):
    """Bodies were once kept as they came."""
    tablet.mark(1, 1, 3)
    tablet.record("score.record", {"student": "1", "lesson": HALF, "mark": HALF})
    tablet.record("reward.cap", {"student": "1", "cap": HALF, "from": "2026-03-03", "reason": HALF})
    tablet.record(f"space.{HALF}", {"student": "1", "note": HALF})
    send(tablet, tablet.ops)
    with writing():
        for one in db.session.query(Operation).filter(Operation.n > 1):
            one.body = one.body.replace("\\ufffd", "\\ud83d")
        assert "\\ud83d" in one.body
        db.session.query(Student).one().legal_forename = "Zoë"
    expect_lists(desk)
    assert tablet.client.get("/sync/v1/pull").status_code == 200


@pytest.mark.parametrize("field", ["username", "password"])
def test_signing_in_with_more_than_a_name_is_refused_before_anything(tablet: Tablet, field: str):
    said = {"username": tablet.staff, "password": PASSWORD}
    most = longest(field)
    for text in ("\u0301" * (most + 1), HALF * (most + 1), "x" * (most + 1)):
        answer = tablet.post("sign-in", said | {field: text})
        assert (answer.status_code, answer.json["reason"]) == (401, "wrong-password")
    assert tablet.sign_in().status_code == 200


@pytest.mark.parametrize("call", ["enrol", "sign-in"])
def test_a_call_is_as_small_as_what_it_says(tablet: Tablet, call: str):
    said = {"username": "\u0301" * 120_000, "password": "x", "code": "x", "name": "\u0301" * 120_000}
    answer = tablet.post(call, said)
    assert (answer.status_code, answer.json["reason"]) == (413, "malformed")
    assert str(intake.LARGEST_CALL) in answer.json["detail"]


def test_a_tablets_name_and_version_are_cut_before_they_are_cleaned(tablet: Tablet, desk: FlaskClient):
    answer = tablet.push([], health={"version": "1" + "\u0301" * 30_000, "unsent": 10**30, "used": 2**63})
    assert answer.status_code == 200
    code = {"code": "\u0301" * 500, "name": HALF + "\u0301" * 1000}
    assert tablet.post("enrol", code).status_code == 403
    expect_lists(desk)


def test_names_of_fields_are_measured_too(tablet: Tablet):
    tablet.record("score.record", {"student": "1", "x" * (LONGEST_FIELD + 1): 1})
    assert [note["reason"] for note in send(tablet, tablet.ops)["notes"]] == ["too-long"]
