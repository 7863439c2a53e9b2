"""Asking for a space, being in one and leaving it, as tablets of strangers say it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.builders import Clock, Tablet, create_staff, create_student, create_tablet
from tests.conftest import TUESDAY_MORNING
from webapp.domain.time.moment import instant
from webapp.models import Restraint, Stay, db
from webapp.sync.log.rebuild import rebuild

ZOE, SIAN = "1", "2"


@pytest.fixture
def clock(app: Flask) -> Clock:
    own: Clock = app.config["CLOCK"]
    return own


@pytest.fixture
def tablets(app: Flask, tablet: Tablet) -> list[Tablet]:
    """Ada's and Ben's, at a school with two students."""
    create_staff("b.baptiste", forename="Ben", surname="Baptiste")
    create_student("Siân", "Öberg")
    return [tablet, create_tablet(app, "b.baptiste")]


def call(tablet: Tablet, kind: str, body: dict[str, Any], **other: Any) -> str:
    """Record an operation and send everything; its id."""
    op = tablet.record(f"space.{kind}", body, **other)
    assert tablet.push().status_code == 200
    return tablet.id_of(op)


def refusal_of(tablet: Tablet, kind: str, body: dict[str, Any], **other: Any) -> str | None:
    """Why the school does not take an operation; it lists it as refused then."""
    op = tablet.record(f"space.{kind}", body, **other)
    notes = tablet.push().json["notes"]
    tablet.pull()
    found = [note["reason"] for note in notes if note["n"] == op["n"]]
    name = tablet.id_of(op)
    assert (name in tablet.table("refusals")) == bool(found)
    return found[0] if found else None


def row(tablet: Tablet, table: str, name: str) -> dict[str, Any]:
    tablet.pull()
    return dict(tablet.table(table)[name])


def test_the_school_confirms_the_first_ask_and_the_next_one_waits(tablets: list[Tablet]):
    ada, ben = tablets
    first = call(ada, "ask", {"space": "hazel", "student": ZOE, "why": "upset"})
    second = call(ben, "ask", {"space": "hazel", "student": SIAN})
    assert [row(ben, "asks", name)["status"] for name in (first, second)] == ["confirmed", "waiting"]
    call(ada, "cancel", {"ask": first})
    assert [row(ada, "asks", name)["status"] for name in (first, second)] == ["cancelled", "confirmed"]


def test_a_place_nobody_comes_to_goes_to_who_waits(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    first = call(ada, "ask", {"space": "hazel", "student": ZOE})
    second = call(ben, "ask", {"space": "hazel", "student": SIAN})
    clock.move(minutes=11)
    assert row(ada, "asks", first)["status"] == "lapsed"
    held = row(ada, "asks", second)
    assert (held["status"], held["until"]) == ("confirmed", instant(TUESDAY_MORNING + timedelta(minutes=20)))


def test_an_ask_that_comes_too_late_holds_no_place(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    late = ada.record("space.ask", {"space": "hazel", "student": ZOE})
    clock.move(minutes=25)
    now = call(ben, "ask", {"space": "hazel", "student": SIAN})
    ada.push()
    assert row(ben, "asks", ada.id_of(late))["status"] == "lapsed"
    assert row(ben, "asks", now)["status"] == "confirmed"


def test_a_stay_names_its_adult_and_ends_with_the_answer(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    ask = call(ada, "ask", {"space": "hazel", "student": ZOE, "why": "upset"})
    clock.move(minutes=2)
    stay = call(ada, "enter", {"space": "hazel", "student": ZOE, "ask": ask})
    found = row(ben, "stays", stay)
    assert (found["staff"], found["why"], found["ask"], found["clash"]) == ("a.adeyemi", "upset", ask, False)
    assert row(ben, "asks", ask)["status"] == "entered"
    clock.move(minutes=5)
    call(ben, "handover", {"stay": stay, "staff": "b.baptiste"})
    clock.move(minutes=5)
    call(ben, "leave", {"stay": stay, "free_to_leave": True, "helped": ["music", "no such thing"], "note": " calm\n"})
    found = row(ada, "stays", stay)
    assert found["staff"] == "b.baptiste"
    assert found["left"] == instant(TUESDAY_MORNING + timedelta(minutes=12))
    stored = db.session.get_one(Stay, stay)
    assert (stored.helped, stored.note) == ('["music"]', "calm")
    assert db.session.query(Restraint).count() == 0


def test_not_free_to_leave_opens_a_record_due_the_same_day(tablets: list[Tablet], clock: Clock):
    ada, _ = tablets
    stay = call(ada, "enter", {"space": "hazel", "student": ZOE})
    clock.move(minutes=5)
    call(ada, "leave", {"stay": stay, "free_to_leave": False})
    record = db.session.query(Restraint).one()
    assert (record.id, record.student, record.opened_by) == (stay, 1, "a.adeyemi")
    assert (record.opened, record.due) == (clock.now, clock.now.date())
    assert ("restraints", stay) not in ada.rows


def test_two_who_did_not_know_of_each_other_are_both_kept_and_both_told(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    here = ada.record("space.enter", {"space": "hazel", "student": ZOE})
    clock.move(minutes=3)
    there = call(ben, "enter", {"space": "hazel", "student": SIAN})
    assert not row(ben, "stays", there)["clash"]
    ada.push()
    stays = [ada.id_of(here), there]
    for tablet in tablets:
        assert [row(tablet, "stays", stay)["clash"] for stay in stays] == [True, True]
    call(ada, "ack", {"call": stays[0]})
    assert row(ben, "stays", stays[0])["acks"] == [["a.adeyemi", instant(clock.now)]]


def test_one_after_the_other_is_no_clash_in_whatever_order_school_hears_of_it(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    early = ada.record("space.enter", {"space": "hazel", "student": ZOE})
    name = ada.id_of(early)
    clock.move(minutes=10)
    ada.record("space.leave", {"stay": name, "free_to_leave": True})
    clock.move(minutes=10)
    late = call(ben, "enter", {"space": "hazel", "student": SIAN})
    ada.push()
    assert [row(ben, "stays", stay)["clash"] for stay in (name, late)] == [False, False]


def test_of_two_handovers_the_later_stands(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    stay = call(ada, "enter", {"space": "hazel", "student": ZOE})
    clock.move(minutes=1)
    ada.record("space.handover", {"stay": stay, "staff": None})
    clock.move(minutes=1)
    call(ben, "handover", {"stay": stay, "staff": "b.baptiste"})
    ada.push()
    assert row(ada, "stays", stay)["staff"] == "b.baptiste"


def test_a_call_for_help_reaches_everybody_and_tells_who_heard(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    help_wanted = call(ada, "assist", {"place": "Hall", "message": "Two more adults"})
    call(ben, "ack", {"call": help_wanted})
    found = row(ada, "assists", help_wanted)
    assert (found["place"], found["message"], found["by"]) == ("Hall", "Two more adults", "a.adeyemi")
    assert found["acks"] == [["b.baptiste", instant(clock.now)]]


def test_a_stay_left_open_is_kept_and_fills_the_space_no_longer(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    stay = call(ada, "enter", {"space": "hazel", "student": ZOE})
    clock.move(days=1)
    ask = call(ben, "ask", {"space": "hazel", "student": SIAN})
    assert row(ben, "asks", ask)["status"] == "confirmed"
    assert row(ben, "stays", stay)["left"] is None
    then = instant(TUESDAY_MORNING + timedelta(minutes=30))
    call(ben, "leave", {"stay": stay, "free_to_leave": True, "when": then})
    assert row(ada, "stays", stay)["left"] == then


def test_a_stay_left_open_stays_on_tablets_until_somebody_ends_it(app: Flask, tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    stay = call(ada, "enter", {"space": "hazel", "student": ZOE})
    ask = call(ben, "ask", {"space": "chestnut", "student": SIAN})
    ben.pull()
    clock.move(days=20)
    assert [tablet.sign_in().status_code for tablet in tablets] == [200, 200]
    assert row(ben, "stays", stay)["left"] is None
    assert ask not in ben.table("asks")
    new = create_tablet(app)
    assert row(new, "stays", stay)["left"] is None
    call(ben, "leave", {"stay": stay, "free_to_leave": True, "when": instant(TUESDAY_MORNING + timedelta(minutes=9))})
    for tablet in (ada, ben, new):
        tablet.pull()
        assert tablet.table("stays") == {}


BAD = [
    ("ask", {"space": "attic", "student": ZOE}, "no-such-space"),
    ("ask", {"space": ["hazel"], "student": ZOE}, "no-such-space"),
    ("ask", {"space": "hazel", "student": "77"}, "no-such-student"),
    ("ask", {"space": "hazel", "student": 1}, "no-such-student"),
    ("ask", {"space": "hazel", "student": "9" * 400}, "no-such-student"),
    ("ask", {"space": "hazel", "student": ZOE, "why": "punishment"}, "never-for-this"),
    ("ask", {"space": "hazel", "student": ZOE, "why": ["upset"]}, "no-such-reason"),
    ("enter", {"space": "hazel", "student": ZOE, "staff": "nobody"}, "no-such-staff"),
    ("enter", {"space": "hazel", "student": ZOE, "when": "soon"}, "no-such-time"),
    ("enter", {"space": "hazel", "student": ZOE, "when": "2026-03-03T12:00:00.000Z"}, "in-the-future"),
    ("leave", {"stay": "d1.a.1", "free_to_leave": True}, "no-such-stay"),
    ("leave", {"stay": 7, "free_to_leave": True}, "no-such-stay"),
    ("leave", {}, "no-such-stay"),
    ("handover", {"stay": "\0", "staff": "a.adeyemi"}, "no-such-stay"),
    ("cancel", {"ask": "d1.a.1"}, "no-such-ask"),
    ("ack", {"call": {"a": 1}}, "no-such-call"),
    ("assist", {}, "nothing-said"),
    ("assist", {"place": " ", "message": ""}, "nothing-said"),
    ("assist", {"place": 3}, "nothing-said"),
    ("assist", {"space": "attic"}, "no-such-space"),
]


@pytest.mark.parametrize(("kind", "body", "reason"), BAD, ids=[f"{kind} {reason}" for kind, _, reason in BAD])
def test_what_cannot_be_is_kept_with_a_reason(tablet: Tablet, kind: str, body: dict[str, Any], reason: str):
    assert refusal_of(tablet, kind, body) == reason


@pytest.mark.parametrize("answer", [None, "yes", 1, 0, "", []])
def test_no_stay_ends_without_the_answer(tablet: Tablet, answer: object):
    stay = call(tablet, "enter", {"space": "hazel", "student": ZOE})
    assert refusal_of(tablet, "leave", {"stay": stay, "free_to_leave": answer}) == "no-answer"
    assert refusal_of(tablet, "leave", {"stay": stay}) == "no-answer"
    assert row(tablet, "stays", stay)["left"] is None


def test_a_stay_ends_once(tablet: Tablet, clock: Clock):
    ask = call(tablet, "ask", {"space": "hazel", "student": ZOE})
    stay = call(tablet, "enter", {"space": "hazel", "student": ZOE, "ask": ask})
    assert refusal_of(tablet, "enter", {"space": "hazel", "student": ZOE, "ask": ask}) == "already-in"
    before = instant(clock.now - timedelta(minutes=5))
    assert refusal_of(tablet, "leave", {"stay": stay, "free_to_leave": True, "when": before}) == "before-it-began"
    call(tablet, "leave", {"stay": stay, "free_to_leave": True})
    assert refusal_of(tablet, "leave", {"stay": stay, "free_to_leave": False}) == "already-left"
    assert refusal_of(tablet, "handover", {"stay": stay, "staff": "a.adeyemi"}) == "already-left"
    assert refusal_of(tablet, "enter", {"space": "hazel", "student": ZOE, "ask": ask}) == "stay-over"
    assert refusal_of(tablet, "cancel", {"ask": ask}) == "already-in"


def test_what_is_timed_after_it_was_sent_is_kept_with_a_reason(tablet: Tablet, clock: Clock):
    ahead = instant(clock.now + timedelta(hours=1))
    assert refusal_of(tablet, "enter", {"space": "hazel", "student": ZOE}, wall=ahead) == "in-the-future"


def test_a_revoked_tablets_ask_is_set_aside(app: Flask, tablets: list[Tablet]):
    ada, ben = tablets
    db.session.execute(
        db.text("UPDATE device SET revoked_at = :at WHERE id = :id"), {"at": instant(ada.clock.now), "id": ada.device}
    )
    db.session.commit()
    ada.record("space.ask", {"space": "hazel", "student": ZOE})
    assert ada.push().status_code == 401
    ben.pull()
    assert ben.table("asks") == {}
    assert db.session.execute(db.text("SELECT count(*) FROM quarantined")).scalar() == 1


def test_the_log_read_again_gives_the_same_rows(tablets: list[Tablet], clock: Clock):
    ada, ben = tablets
    first = call(ada, "ask", {"space": "hazel", "student": ZOE})
    call(ben, "ask", {"space": "hazel", "student": SIAN})
    stay = call(ada, "enter", {"space": "hazel", "student": ZOE, "ask": first})
    clock.move(minutes=30)
    call(ada, "leave", {"stay": stay, "free_to_leave": False})
    call(ben, "assist", {"space": "hazel"})
    clock.move(minutes=30)
    ada.pull()
    assert not any(rebuild().values())
    db.session.execute(db.text("UPDATE stay SET clash = true, staff = NULL"))
    db.session.execute(db.text("DELETE FROM ask"))
    db.session.execute(db.text("DELETE FROM restraint"))
    db.session.commit()
    assert rebuild()["space"] == 4
    assert not any(rebuild().values())
