"""Who a tablet is: wiped, cloned, revoked, mistaken for another, or talking to a school that was restored."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import delete, select, update

from tests.builders import PASSWORD, Tablet, create_lesson, create_student, create_tablet
from webapp.models import Device, Level, Operation, PartTime, Quarantined, School, Score, Staff, Student, db
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import head, writing


def reasons(answer: Any) -> list[tuple[int, str]]:
    return [(note["n"], note["reason"]) for note in answer.json["notes"]]


def trouble(tablet: Tablet) -> str | None:
    db.session.rollback()
    return db.session.get_one(Device, tablet.device).trouble


def revoke(tablet: Tablet) -> None:
    with writing():
        device = db.session.get_one(Device, tablet.device)
        device.revoked_at = tablet.clock.now


def standing(student: int = 1, lesson: int = 1) -> str | None:
    db.session.rollback()
    return db.session.get_one(Score, (lesson, student)).mark


def test_invariant_10_a_wiped_tablet_that_counts_from_1_again_is_noticed_at_first_contact(tablet: Tablet):
    tablet.mark(1, 1, 4)
    tablet.push()
    assert trouble(tablet) is None
    wiped = replace(tablet, ops=[], rows={}, cursor=0)
    wiped.clock.move(hours=1)
    wiped.mark(1, 1, 2)
    assert reasons(wiped.push()) == [(1, "forked")]
    assert trouble(tablet)
    assert standing() == "4"
    kept = db.session.query(Quarantined).one()
    assert (kept.device_id, kept.n, kept.reason) == (tablet.device, 1, "forked")


def test_invariant_10_a_cloned_tablet_is_noticed_at_first_contact(tablet: Tablet):
    tablet.mark(1, 1, 4)
    tablet.push()
    clone = replace(tablet, ops=list(tablet.ops), rows=dict(tablet.rows))
    tablet.mark(1, 1, 5)
    assert tablet.push().json["notes"] == []
    clone.mark(1, 1, 0)
    clone.mark(1, 1, 1)
    answer = clone.push()
    assert (answer.json["upto"], reasons(answer)) == (3, [(2, "forked")])
    assert trouble(tablet)
    # The other one is told as well, as soon as it goes on.
    tablet.mark(1, 1, 3)
    assert reasons(tablet.push()) == [(3, "forked")]
    assert [kept.n for kept in db.session.query(Quarantined).order_by(Quarantined.n)] == [2, 3]


@pytest.mark.parametrize("other", [{"device": "d999"}, {"incarnation": "0" * 8}, {"device": ""}])
def test_a_tablet_that_calls_itself_another_is_turned_away_and_what_it_sent_is_kept(
    tablet: Tablet, other: dict[str, str]
):
    tablet.mark(1, 1, 4)
    answer = tablet.push(**other)
    assert (answer.status_code, answer.json["reason"]) == (401, "another-device")
    assert db.session.query(Operation).count() == 0
    assert db.session.query(Quarantined).count() == 1
    assert trouble(tablet)
    assert tablet.push().json["upto"] == 1


def test_invariant_9_a_revoked_tablet_reads_nothing_and_what_it_recorded_is_kept(tablet: Tablet):
    tablet.mark(1, 1, 4)
    tablet.push()
    revoke(tablet)
    tablet.mark(1, 1, 5)
    tablet.mark(1, 1, 2)
    for _ in range(2):
        answer = tablet.push(tablet.ops[1:])
        assert (answer.status_code, answer.json["reason"]) == (401, "revoked")
        assert answer.json.keys() == {"reason", "detail"}
    assert tablet.client.get("/sync/v1/pull").status_code == 401
    assert tablet.client.get("/sync/v1/live").status_code == 401
    assert tablet.sign_in().status_code == 401
    assert standing() == "4"
    assert [kept.n for kept in db.session.query(Quarantined).order_by(Quarantined.n)] == [2, 3]


def test_a_stranger_is_told_nothing_and_nothing_is_kept(app: Flask, tablet: Tablet):
    tablet.mark(1, 1, 4)
    stranger = replace(tablet, client=app.test_client())
    assert stranger.push().status_code == 401
    assert stranger.client.get("/sync/v1/pull").status_code == 401
    assert stranger.client.get("/sync/v1/live").status_code == 401
    assert stranger.sign_in().status_code == 401
    assert db.session.query(Operation).count() == db.session.query(Quarantined).count() == 0


def test_a_tablet_receives_its_own_refusals_and_nobody_elses(app: Flask, tablet: Tablet):
    other = create_tablet(app)
    tablet.mark(1, 99, 4)
    assert reasons(tablet.push()) == [(1, "no-such-lesson")]
    tablet.pull()
    other.pull()
    assert [row["reason"] for row in tablet.table("refusals").values()] == ["no-such-lesson"]
    assert other.table("refusals") == {}


def test_nothing_in_a_request_widens_what_a_kiosk_receives(app: Flask, tablet: Tablet):
    kiosk = create_tablet(app, duty="kiosk")
    for query in ("", "?duty=floor", f"?device={tablet.device}", "?table=students"):
        rows = kiosk.client.get(f"/sync/v1/pull{query}").json["rows"]
        assert {row["table"] for row in rows} == {"school"}


def test_after_a_restore_tablets_bring_back_what_was_lost(app: Flask, tablet: Tablet):
    other = create_tablet(app)
    create_student()
    for mark in (3, 4):
        tablet.mark(1, 1, mark)
    tablet.push()
    tablet.pull()
    sequence = head()
    tablet.mark(1, 1, 5)
    tablet.mark(2, 1, 2)
    other.mark(2, 1, 1)
    for one in (tablet, other):
        assert one.push().status_code == 200
        one.pull()
    before = {op.id: op.digest for op in db.session.query(Operation)}

    restore(sequence, upto={tablet.device: 2, other.device: 0})

    tablet.mark(1, 1, 0)
    answer = tablet.push(tablet.ops[4:])
    assert (answer.status_code, answer.json["expect"], answer.json["upto"]) == (409, 3, 2)
    assert answer.json["epoch"] != tablet.epoch
    for one in (tablet, other):
        restored = replace(one, epoch=answer.json["epoch"], cursor=0, rows={})
        answer = restored.push()
        assert (answer.status_code, answer.json["upto"]) == (200, len(one.ops))
    assert {op.id: op.digest for op in db.session.query(Operation)}.items() >= before.items()
    assert standing(1, 1) == "0"
    assert not any(rebuild().values())


def restore(sequence: int, upto: dict[str, int]) -> None:
    """What a backup made at `sequence` would have been, put back under a new epoch."""
    with writing():
        db.session.execute(delete(Operation).where(Operation.seq > sequence))
        db.session.execute(delete(Level))
        db.session.execute(delete(Score))
        for device, n in upto.items():
            db.session.execute(update(Device).where(Device.id == device).values(upto=n))
        db.session.execute(update(School).values(epoch="restored", sequence=sequence))
    rebuild()


def test_what_was_looked_at_before_a_restore_beats_nothing_after_it(app: Flask, tablet: Tablet):
    """A cursor of another epoch may be larger than everything, and has seen nothing of it."""
    other = create_tablet(app)
    other.clock.move(minutes=5)
    other.mark(1, 1, 4)
    other.push()
    tablet.clock.move(minutes=-3)
    tablet.mark(1, 1, 1, base=10_000)
    tablet.clock.move(minutes=3)
    assert [note["status"] for note in tablet.push(epoch="before").json["notes"]] == ["superseded"]
    assert standing() == "4"


def test_a_client_too_old_is_told_so_after_its_entries_are_stored(tablet: Tablet):
    tablet.mark(1, 1, 4)
    answer = tablet.push(client=0)
    assert (answer.status_code, answer.json["upto"]) == (426, 1)
    assert standing() == "4"


def test_operations_end_at_the_tablets_own_sign_ins(tablet: Tablet):
    tablet.clock.move(days=6)
    tablet.mark(1, 1, 4)
    tablet.clock.move(days=2)
    tablet.mark(1, 1, 3)
    tablet.mark(1, 1, 3, by="b.boyle")
    assert reasons(tablet.push()) == [(2, "sign-in-ended"), (3, "not-signed-in")]
    assert standing() == "4"
    assert tablet.sign_in().status_code == 200
    tablet.mark(1, 1, 5)
    assert tablet.push().json["notes"] == []


def test_a_tablet_offline_for_40_days_holds_what_a_new_one_gets(app: Flask, tablet: Tablet):
    clock = tablet.clock
    lessons = [create_lesson(clock.now.date().replace(month=month, day=10), "2").id for month in (2, 3, 4)]
    steady = create_tablet(app)
    for lesson in (1, *lessons):
        tablet.mark(1, lesson, 4)
    tablet.push()
    for one in (tablet, steady):
        one.pull()
        assert {row["date"] for row in one.table("lessons").values()} == {"2026-03-03", "2026-03-10"}
    for _ in range(40):
        clock.move(days=1)
        steady.pull(limit=3)
    tablet.pull(limit=3)
    new = create_tablet(app)
    new.pull()
    assert {row["date"] for row in new.table("lessons").values()} == {"2026-04-10"}
    assert {row["lesson"] for row in new.table("scores").values()} == {str(lessons[-1])}
    assert tablet.rows == steady.rows == new.rows


def test_rows_enter_and_leave_at_the_schools_midnight(tablet: Tablet):
    """14 days before and after, by the date in London; on 30 March that is an hour ahead of UTC."""
    last = tablet.clock.now.date().replace(month=4, day=13)
    first = tablet.clock.now.date().replace(month=3, day=16)
    for day in (first, last):
        create_lesson(day, "3")
    tablet.clock.now = tablet.clock.now.replace(day=29, hour=22, minute=59)
    tablet.pull()
    assert {row["date"] for row in tablet.table("lessons").values()} == {"2026-03-16"}
    tablet.clock.move(minutes=2)
    tablet.pull()
    assert {row["date"] for row in tablet.table("lessons").values()} == {"2026-03-16", "2026-04-13"}
    tablet.clock.move(days=1)
    tablet.pull()
    assert {row["date"] for row in tablet.table("lessons").values()} == {"2026-04-13"}


def test_a_student_is_pulled_as_the_protocol_lists(tablet: Tablet):
    tablet.mark(1, 1, 4)
    tablet.push()
    tablet.pull()
    promised = {
        "students": {"id", "name", "group", "key_stage", "year"},
        "lessons": {"id", "date", "period", "group", "subject", "staff", "starts", "ends"},
        "scores": {"id", "student", "lesson", "mark", "by", "at"},
        "levels": {"id", "student", "week", "level", "earned", "cap", "mean", "tuck_left"},
    }
    for table, columns in promised.items():
        for key, row in tablet.table(table).items():
            assert row.keys() >= columns
            assert row["id"] == key
    assert tablet.table("students")["1"]["name"] == db.session.execute(select(Student)).scalar_one().name
    assert tablet.table("levels")["1.2026-W11"]["mean"] == [4, 1]


def leave(day: date, *people: Any) -> None:
    with writing() as revs:
        for person in people:
            person = db.session.get_one(type(person), person.id)
            person.left, person.rev = day, revs.next()


def test_a_member_of_staff_who_has_left_neither_signs_in_nor_records(app: Flask, tablet: Tablet):
    leave(date(2026, 3, 4), db.session.get_one(Staff, "a.adeyemi"))
    tablet.mark(1, 1, 4)
    assert tablet.push().json["notes"] == []
    app.config["CLOCK"].move(days=1)
    assert tablet.sign_in().status_code == 401
    tablet.mark(1, 1, 5)
    assert reasons(tablet.push()) == [(2, "sign-in-ended")]
    assert standing() == "4"


def test_what_was_recorded_before_somebody_left_counts_whenever_it_comes(app: Flask, tablet: Tablet):
    tablet.mark(1, 1, 4)
    app.config["CLOCK"].move(days=1)
    leave(date(2026, 3, 4), db.session.get_one(Staff, "a.adeyemi"))
    assert tablet.push().json["notes"] == []
    assert standing() == "4"


def test_a_session_in_a_browser_ends_with_the_day_its_person_leaves(app: Flask, tablet: Tablet):
    browser = app.test_client()
    browser.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    assert browser.get("/today").status_code == 200
    leave(date(2026, 3, 3), db.session.get_one(Staff, "a.adeyemi"))
    g.pop("_login_user", None)
    assert browser.get("/today").location == "/sign-in"


def test_tablets_forget_a_student_with_the_day_after_the_last(app: Flask, tablet: Tablet):
    leave(date(2026, 3, 4), db.session.get_one(Student, 1))
    tablet.pull()
    assert tablet.table("students")["1"]["left"] == "2026-03-04"
    app.config["CLOCK"].move(days=1)
    tablet.pull()
    assert tablet.table("students") == {}
    assert create_tablet(app).pull_page(1000) is False


def test_why_somebody_is_part_time_stays_at_school(tablet: Tablet):
    with writing() as revs:
        about: dict[str, Any] = {"student_id": 1, "weekday": 2, "period": "1", "first": date(2026, 3, 3)}
        db.session.add(PartTime(**about, reason="Hospital"))
        db.session.get_one(Student, 1).rev = revs.next()
    tablet.pull()
    assert tablet.table("students")["1"]["part_time"] == [[2, "1", "2026-03-03", None]]
    assert "Hospital" not in str(tablet.rows)
