"""Whatever arrives is answered as the protocol says: never with a failure, and never in the way of what follows."""

import json
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Tablet
from tests.sync.junk import HUGE, LONE_SURROGATE, NOT_JSON_OBJECTS, VALUES, nested, strictly, values, zipped
from webapp.models import Operation, Quarantined, Staff, Student, db
from webapp.sync.log.revisions import writing
from webapp.web.intake import LARGEST_CALL

KINDS = (
    *("score.record", "reward.cap", "reward.lift", "refusal.settle", "space.ask", ""),
    *("tuck.item", "tuck.count", "tuck.redeem", "tuck.void", "till.move", "till.release", "till.override"),
    *("card.issue", "room.admit", "room.leave", "options.choose", "trip.decide", "board.name"),
    *("pathway.award", "pathway.withdraw"),
)
KEYS = ("device", "incarnation", "epoch", "now", "ops", "client")
FIELDS: dict[str, dict[str, Any]] = {
    "score.record": {"student": "1", "lesson": "1", "mark": 4},
    "reward.cap": {"student": "1", "cap": "none", "from": "2026-03-03", "until": None, "reason": "Smoke"},
    "reward.lift": {"cap": "d3.a.1"},
    "refusal.settle": {"operation": "d3.a.1"},
    "tuck.item": {
        "item": "feast",
        "name": "Feast",
        "price": 1,
        "stock": 8,
        "allergens": ["milk"],
        "picture": "biscuit",
        "gone": False,
    },
    "tuck.count": {"item": "apple", "stock": 5},
    "tuck.redeem": {"student": "1", "item": "apple", "day": "2026-03-03"},
    "tuck.void": {"redemption": "d3.a.1"},
    "till.move": {"group": "8B", "to": "d1"},
    "till.release": {"group": "8B"},
    "till.override": {"group": "8B", "to": "d1", "why": "Flat"},
    "card.issue": {"student": "1", "digest": "0123456789abcdef" * 4},
    "room.admit": {"student": "1", "window": "2026-03-03/break"},
    "room.leave": {"admission": "d3.a.1"},
    "options.choose": {"student": "1", "week": "2026-W10", "choice": "films"},
    "trip.decide": {"half_term": "2026-02-23", "picked": ["1"], "tied": ["1"], "why": "Fair"},
    "board.name": {"student": "1", "alias": "Z", "opted_out": False},
    "pathway.award": {"student": "1", "award": "unit", "note": "Bricklaying", "day": "2026-03-03"},
    "pathway.withdraw": {"award": "d3.a.1"},
}


def send(tablet: Tablet, call: str, data: bytes, **headers: str) -> Any:
    return tablet.client.post(f"/sync/v1/{call}", data=data, headers=headers)


def push_is_still_taken(tablet: Tablet) -> bool:
    tablet.mark(1, 1, 3)
    return tablet.push().json["upto"] == tablet.ops[-1]["n"]


def envelope(tablet: Tablet, **other: Any) -> dict[str, Any]:
    shape = {"device": tablet.device, "incarnation": tablet.incarnation, "epoch": tablet.epoch}
    return shape | {"now": "2026-03-03T10:21:07.000Z", "ops": []} | other


@pytest.mark.parametrize("call", ["push", "enrol", "sign-in"])
def test_a_body_that_is_no_json_object_is_answered_400(tablet: Tablet, call: str):
    for name, data in NOT_JSON_OBJECTS.items():
        for body, headers in ((data, {}), (zipped(data), {"Content-Encoding": "gzip"})):
            answer = send(tablet, call, body, **headers)
            # What is larger than any sign-in is not even looked into.
            is_large = call != "push" and len(data) > LARGEST_CALL
            assert (name, answer.status_code) == (name, 413 if is_large else 400)
            assert strictly(answer.data)["reason"] == "malformed"
    assert push_is_still_taken(tablet)


@pytest.mark.parametrize("call", ["push", "enrol", "sign-in"])
def test_bytes_that_are_not_gzip_are_answered_400(tablet: Tablet, call: str):
    whole = zipped(json.dumps(envelope(tablet)).encode())
    for data in (b"", b"{}", whole[:-1], whole[:20], b"\x1f\x8b", whole[:10] + b"\xff" * 20):
        assert send(tablet, call, data, **{"Content-Encoding": "gzip"}).status_code == 400
    assert send(tablet, call, whole, **{"Content-Encoding": "br"}).status_code == 400
    assert push_is_still_taken(tablet)


@pytest.mark.parametrize("call", ["push", "enrol", "sign-in"])
def test_more_than_256_kilobytes_are_answered_413_packed_or_not(tablet: Tablet, call: str):
    bomb = zipped(zipped(b" " * 50_000_000))
    large = json.dumps(envelope(tablet, note="x" * 256 * 1024)).encode()
    assert send(tablet, call, large).status_code == 413
    assert send(tablet, call, zipped(large), **{"Content-Encoding": "gzip"}).status_code == 413
    assert send(tablet, call, zipped(b" " * 50_000_000), **{"Content-Encoding": "gzip"}).status_code == 413
    assert send(tablet, call, bomb, **{"Content-Encoding": "gzip"}).status_code == (400 if call == "push" else 413)
    assert send(tablet, call, b" " * 17 * 1024 * 1024).status_code == 413
    assert push_is_still_taken(tablet)


def test_500_operations_are_taken_and_501_are_not(tablet: Tablet):
    for _ in range(501):
        tablet.mark(1, 1, 3)
    assert tablet.push().status_code == 413
    assert db.session.query(Operation).count() == 0
    assert tablet.push(tablet.ops[:500]).json["upto"] == 500


@pytest.mark.parametrize("key", ["device", "incarnation", "epoch", "now", "ops"])
def test_a_push_of_another_shape_is_answered_400(tablet: Tablet, key: str):
    fitting = str if key in ("device", "incarnation", "epoch") else ()
    for value in [*VALUES, nested(50)]:
        if not isinstance(value, fitting) and not (key == "ops" and value == []) and not is_moment(key, value):
            answer = tablet.post("push", envelope(tablet, **{key: value}))
            assert (value, answer.status_code) == (value, 400)
            assert key in strictly(answer.data)["detail"]
    missing = envelope(tablet)
    del missing[key]
    assert tablet.post("push", missing).status_code == 400
    assert push_is_still_taken(tablet)


def is_moment(key: str, value: Any) -> bool:
    return key == "now" and isinstance(value, str) and value.endswith("Z")


def test_operations_without_a_number_are_answered_400(tablet: Tablet):
    good = tablet.mark(1, 1, 3)
    numbers: list[Any] = [None, True, 0, -1, 1.0, 1.5, "1", HUGE, 2**53, [1], {}]
    for n in numbers:
        for ops in ([good | {"n": n}], [good, good | {"n": n}]):
            assert tablet.push(ops).status_code == 400
    for item in (None, 1, "op", [], [good]):
        assert tablet.push([good, item]).status_code == 400
    assert db.session.query(Operation).count() == 0
    assert tablet.push().json["upto"] == 1


def test_numbers_out_of_order_or_far_ahead_are_a_gap(tablet: Tablet):
    one, two, three = (tablet.mark(1, 1, mark) for mark in (1, 2, 3))
    for ops in ([two, one], [three, two, one], [one | {"n": 2**53 - 1}]):
        answer = tablet.push(ops)
        assert (answer.status_code, answer.json["expect"], answer.json["upto"]) == (409, 1, 0)
    answer = tablet.push([one, one, three])
    assert (answer.status_code, answer.json["expect"], answer.json["upto"]) == (409, 2, 1)
    assert tablet.push([one, two, one, two, three]).json["upto"] == 3


def test_one_number_twice_in_a_push_is_taken_once(tablet: Tablet):
    op = tablet.mark(1, 1, 4)
    answer = tablet.push([op, op, op | {"body": op["body"] | {"mark": 5}}])
    assert answer.json["upto"] == 1
    assert [(note["n"], note["reason"]) for note in answer.json["notes"]] == [(1, "forked")]
    tablet.pull()
    assert tablet.table("scores")["1.1"]["mark"] == 4


def junk_bodies(kind: str) -> list[Any]:
    """Every field of a kind holding everything there is, and bodies that are none."""
    whole = FIELDS.get(kind, {"student": "1"})
    fields = [whole | {field: value} for field in whole for value in VALUES]
    without = [{key: value for key, value in whole.items() if key != field} for field in whole]
    return [*VALUES, *fields, *without, nested(30), nested(500), {"student": nested(300)}]


@pytest.mark.parametrize("kind", KINDS)
def test_no_body_of_any_kind_blocks_what_follows(tablet: Tablet, kind: str):
    with writing():
        db.session.query(Staff).one().role = "head"  # so that bodies are looked at
    for body in junk_bodies(kind):
        tablet.record(kind, body)
    tablet.mark(1, 1, 3)
    taken = 0
    while taken < len(tablet.ops):
        answer = tablet.push(tablet.ops[taken : taken + 20])
        assert answer.status_code == 200
        for note in strictly(answer.data)["notes"]:
            assert note["reason"]
            assert note["detail"]
        taken = answer.json["upto"]
    assert_everything_is_on_a_list(tablet)


def assert_everything_is_on_a_list(tablet: Tablet) -> None:
    """What was refused is stored, and comes to the tablet as rows that a browser can read."""
    stored = db.session.query(Operation).order_by(Operation.n).all()
    aside = [item.n for item in db.session.query(Quarantined).filter_by(settled_at=None)]
    assert sorted([*(operation.n for operation in stored), *aside]) == [op["n"] for op in tablet.ops]
    since, more, refused = 0, True, set()
    while more:
        answer = strictly(tablet.client.get(f"/sync/v1/pull?since={since}").data)
        refused |= {row["data"]["n"] for row in answer["rows"] if row["table"] == "refusals" and row["data"]}
        since, more = answer["next"], answer["more"]
    listed = {operation.n for operation in stored if operation.status == "refused" and not operation.settled_at}
    assert refused == listed


@pytest.mark.parametrize("key", ["kind", "by", "wall", "base", "replaces", "mono", "boot", "body"])
def test_no_part_of_an_entry_blocks_what_follows(tablet: Tablet, key: str):
    for value in [*VALUES, nested(100), nested(500)]:
        tablet.mark(1, 1, 4)[key] = value
    tablet.mark(1, 1, 4).pop(key, None)
    tablet.mark(1, 1, 3)
    answer = tablet.push()
    assert answer.status_code == 200
    assert answer.json["upto"] == len(tablet.ops)
    assert_everything_is_on_a_list(tablet)


def test_numbers_larger_than_any_machine_holds_block_nothing(tablet: Tablet):
    op = tablet.mark(1, 1, 4)
    tablet.mark(1, 1, 3)
    text = json.dumps(envelope(tablet, ops=tablet.ops))
    for n, number in enumerate(("1" + "0" * 5000, "1e999", "-1e999", "1" * 400 + ".5"), start=1):
        odd = json.dumps(op).replace('"mark": 4', f'"mark": {number}').replace('"n": 1', f'"n": {n}')
        answer = send(tablet, "push", text.replace(json.dumps(tablet.ops), f"[{odd}]").encode())
        assert (number[:9], answer.status_code) == (number[:9], 200)
        assert answer.json["notes"][0]["reason"] == "no-such-mark"
    strictly(tablet.client.get("/sync/v1/pull").data)
    tablet.ops = [op | {"n": n, "body": {}} for n in range(1, 5)]
    assert push_is_still_taken(tablet)


def test_a_name_that_databases_cannot_hold_is_kept_readable(tablet: Tablet):
    tablet.mark(1, 1, 4, by="a\0b", wall=f"{LONE_SURROGATE}\0", replaces=f"\0{LONE_SURROGATE}")
    assert tablet.push().json["notes"][0]["reason"] == "not-signed-in"
    stored = db.session.query(Operation).one()
    assert (stored.by, stored.replaces) == ("a b", "\ufffd")


def test_a_revoked_tablets_junk_is_kept_too(tablet: Tablet):
    with writing():
        db.session.execute(db.text("UPDATE device SET revoked_at = enrolled_at"))
    for body in VALUES:
        tablet.record("score.record", body)
    tablet.mark(1, 1, 4, n=2**53 - 1)
    for _ in range(2):
        answer = tablet.post("push", envelope(tablet, incarnation=f"\0{LONE_SURROGATE}", ops=tablet.ops))
        assert (answer.status_code, strictly(answer.data)["reason"]) == (401, "revoked")
    assert db.session.query(Quarantined).count() == len(tablet.ops)


fewer = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@fewer
@given(st.dictionaries(st.sampled_from(KEYS), values()), st.booleans())
def test_any_push_is_answered_as_the_protocol_says(tablet: Tablet, junk: dict[str, Any], packed: bool):
    data = json.dumps(envelope(tablet) | junk).encode()
    answer = send(tablet, "push", zipped(data) if packed else data, **{"Content-Encoding": "gzip"} if packed else {})
    assert answer.status_code in (200, 400, 401, 409, 413, 426)
    assert isinstance(strictly(answer.data), dict)


@fewer
@given(
    st.lists(
        st.fixed_dictionaries(
            {"kind": st.sampled_from(KINDS) | st.text(max_size=4), "body": values()},
            optional={
                "by": values(),
                "wall": values(),
                "base": values(),
                "replaces": values(),
                "mono": values(),
                "boot": values(),
            },
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_entry_is_stored_and_blocks_nothing(tablet: Tablet, junk: list[dict[str, Any]]):
    for item in junk:
        tablet.ops.append({"n": len(tablet.ops) + 1, "by": tablet.staff, "wall": "2026-03-03T10:00:00.000Z"} | item)
    raw = json.dumps(envelope(tablet, ops=tablet.ops[-len(junk) :]))
    answer = send(tablet, "push", raw.encode())
    if holds_a_word_of_pythons(junk):
        assert answer.status_code == 400  # not JSON at all
        del tablet.ops[-len(junk) :]
    else:
        assert answer.status_code == 200
        assert strictly(answer.data)["upto"] == len(tablet.ops)
    strictly(tablet.client.get("/sync/v1/pull").data)


def holds_a_word_of_pythons(value: Any) -> bool:
    """NaN and the infinities, which are not JSON."""
    if isinstance(value, dict):
        return any(map(holds_a_word_of_pythons, value.values()))
    if isinstance(value, list):
        return any(map(holds_a_word_of_pythons, value))
    return isinstance(value, float) and not math.isfinite(value)


def test_students_whose_number_is_too_large_are_not_known(tablet: Tablet):
    """Ids are looked up in columns that hold no more than 2 147 483 647."""
    for name in (2**31 - 1, 2**31, 2**63, 10**17):
        tablet.mark(name, 1, 4)
        tablet.mark(1, name, 4)
    reasons = [note["reason"] for note in tablet.push().json["notes"]]
    assert reasons == ["no-such-student", "no-such-lesson"] * 4
    assert db.session.query(Student).count() == 1
