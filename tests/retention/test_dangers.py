"""What deleting could break, each by itself; whole schools on either database are in test_schools."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import Tablet, create_group, create_lesson, create_staff, create_student, create_tablet, create_year
from tests.builders_rewards import do, give, limit
from webapp.config import Settings, read_settings
from webapp.imports import KINDS, import_content
from webapp.imports.undo.undo import undo
from webapp.models import (
    Cap,
    Device,
    EnrolCode,
    ImportRun,
    LockOut,
    Operation,
    Quarantined,
    RetentionRun,
    Score,
    SignIn,
    Student,
    Tombstone,
    db,
)
from webapp.retention.deleting import delete_past
from webapp.retention.past import fingerprint, past_on
from webapp.school import clock
from webapp.sync.devices.devices import revoke
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing

ZOE, LOU = 1, 2


@pytest.fixture
def settings(data: Path) -> Settings:
    return read_settings({"REACHABLE_DATA": str(data)})


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    """Ada's, at a school with Zoë, who stays, Lou, who leaves, and one lesson."""
    create_year()
    create_group()
    create_staff()
    create_staff("h.head", "head")
    create_student()
    create_student("Lou", "Sandoval", year=11)
    create_lesson()
    tablet = create_tablet(app)
    tablet.pull()
    return tablet


def years_go_by(app: Flask, years: int = 2) -> None:
    """Lou has left, and it is so many years later."""
    with writing() as revs:
        lou = db.session.get_one(Student, LOU)
        lou.left, lou.rev = date(2026, 3, 20), revs.next()
    app.config["CLOCK"].move(days=365 * years + 30)


def delete_now() -> RetentionRun:
    number = delete_past("h.head", fingerprint(past_on(clock.today())))
    db.session.rollback()
    return db.session.get_one(RetentionRun, number)


def counts() -> dict[str, int]:
    return {one.rule.key: one.count for one in past_on(clock.today()) if one.count}


def test_another_entry_under_a_deleted_number_is_still_noticed(app: Flask, tablet: Tablet):
    tablet.mark(LOU, 1, 5)
    tablet.push()
    years_go_by(app)
    delete_now()
    assert tablet.push().json["notes"] == []
    forged = [tablet.ops[0] | {"body": {"student": "1", "lesson": "1", "mark": 4}}]
    assert [note["reason"] for note in tablet.push(forged).json["notes"]] == ["forked"]
    assert db.session.query(Quarantined).count() == 1


def test_a_limit_stays_lifted_on_the_day_its_author_had_seen(app: Flask, tablet: Tablet):
    """A tablet with a wrong clock lifted it, and the latest that it had seen was about somebody else, who is gone."""
    assert limit(ZOE) is None
    app.config["CLOCK"].move(days=3)
    give(LOU, 5)
    tablet.pull()
    wall = tablet.sign_in_by_a_wrong_clock(days=-2600)
    tablet.record("reward.lift", {"cap": db.session.query(Cap).one().id}, wall=wall)
    assert tablet.push().json["notes"] == []
    lifted = db.session.query(Cap).one().lifted
    assert lifted == date(2026, 3, 6)
    years_go_by(app)
    delete_now()
    assert not any(rebuild().values())
    assert db.session.query(Cap).one().lifted == lifted


def test_what_a_tablet_brings_after_years_and_the_office_accepts_is_judged_like_anything_else(
    app: Flask, tablet: Tablet
):
    assert limit(LOU) is None
    cap = db.session.query(Cap).one().id
    tablet.mark(LOU, 1, 5)
    tablet.record("reward.lift", {"cap": cap})
    years_go_by(app, 8)
    assert delete_now()
    answer = tablet.push()
    assert answer.status_code == 200
    assert [(note["n"], note["reason"]) for note in answer.json["notes"]] == [(n, "came-too-late") for n in (1, 2)]
    assert [do("quarantine.accept", {"quarantined": one}, "h.head") for one in ("1", "2")] == [None, None]
    assert [kept.reason for kept in db.session.query(Operation).filter_by(status="refused")] == ["no-such-cap"]
    assert counts().keys() == {"marks"}  # what came late goes the next time
    delete_now()
    assert not any(rebuild().values())


def test_a_tablet_that_was_silent_hears_what_is_gone(app: Flask, tablet: Tablet):
    tablet.mark(LOU, 1, 5)
    tablet.push()
    tablet.pull()
    assert f"{LOU}.1" in tablet.table("scores")
    years_go_by(app)
    delete_now()
    tablet.pull()
    assert tablet.table("scores") == {}
    assert tablet.table("students").keys() == {str(ZOE)}


def test_where_every_tablet_was_heard_since_nobody_is_told_of_old_marks(app: Flask, tablet: Tablet):
    tablet.mark(LOU, 1, 5)
    tablet.push()
    assert do("card.issue", {"student": str(LOU), "digest": "ab" * 32}, "h.head") is None
    years_go_by(app)
    tablet.push([])
    delete_now()
    assert [(stone.table, stone.row) for stone in db.session.query(Tombstone)] == [("cards", str(LOU))]


def test_a_refused_entry_about_a_leaver_leaves_its_tablets_list(app: Flask, tablet: Tablet):
    tablet.mark(LOU, 999, 5)
    give(LOU, 4)
    tablet.push()
    tablet.pull()
    assert len(tablet.table("refusals")) == 1
    years_go_by(app)
    delete_now()
    tablet.pull()
    assert tablet.table("refusals") == {}


def test_a_tablets_list_loses_the_name_too(app: Flask, tablet: Tablet):
    body = {"student": str(ZOE), "lesson": "999", "mark": 5, "why": "Lou Sandoval said so"}
    tablet.record("score.record", body)
    tablet.push()
    tablet.pull()
    years_go_by(app, 12)
    delete_now()
    tablet.pull()
    assert [row["body"]["why"] for row in tablet.table("refusals").values()] == ["[former student] said so"]


def test_what_nobody_settled_is_never_deleted(app: Flask, tablet: Tablet):
    tablet.mark(ZOE, 999, 5)
    tablet.push()
    app.config["CLOCK"].move(days=3650)
    assert "settled" not in counts()
    operation = db.session.query(Operation).filter_by(status="refused").one().id
    assert do("refusal.settle", {"operation": operation}, "h.head") is None
    app.config["CLOCK"].move(days=366)
    assert counts()["settled"] == 1
    delete_now()
    assert not any(rebuild().values())


def test_an_undone_import_brings_no_name_back(app: Flask, tablet: Tablet):
    lines = b"UPN,Legal Surname,Legal Forename,Year,Reg\nA2,Sandoval,Louise,11,8B\nA1,Okafor,Zo,8,8B\n"
    with writing():
        for number in (ZOE, LOU):
            db.session.get_one(Student, number).upn = f"A{number}"
    years_go_by(app, 12)
    outcome = import_content(KINDS["students"], lines)
    assert outcome.run
    delete_now()
    assert undo(outcome.run, "h.head") is None
    assert [student.name for student in db.session.query(Student).order_by(Student.id)] == [
        "Zoë Okafor",
        "Former student",
    ]


def test_an_import_is_forgotten_but_for_its_number(app: Flask, tablet: Tablet):
    import_content(
        KINDS["students"],
        b"UPN,Legal Surname,Legal Forename,Year,Reg\nA9,Reed,Sam,8,8B\n",
    )
    run = db.session.query(ImportRun).one()
    with writing():
        run = db.session.get_one(ImportRun, run.id)
        run.file = "students of 8B.csv"
    app.config["CLOCK"].move(days=32)
    assert counts()["imports"] == 1
    delete_now()
    run = db.session.query(ImportRun).one()
    assert (run.touches, "8B" in run.file, run.added) == (None, False, 1)


def test_a_lost_tablet_is_forgotten_and_still_told_to_empty_itself(app: Flask, tablet: Tablet):
    with writing() as revs:
        device = db.session.get_one(Device, tablet.device)
        device.name = "Ada’s own"
        revoke(device, clock.now(), revs)
    app.config["CLOCK"].move(days=400)
    assert counts()["tablets"] == 1
    delete_now()
    assert (db.session.get_one(Device, tablet.device).name, db.session.query(SignIn).count()) == ("Former tablet", 0)
    assert tablet.push([]).json["reason"] == "revoked"


def test_a_lost_tablet_waits_while_something_of_it_can_be_accepted(app: Flask, tablet: Tablet):
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.device), clock.now(), revs)
    tablet.mark(ZOE, 1, 5)
    assert tablet.push().status_code == 401
    app.config["CLOCK"].move(days=400)
    assert "tablets" not in counts()
    assert do("quarantine.accept", {"quarantined": "1"}, "h.head") is None
    assert db.session.query(Score).one().mark == "5"


def test_wrong_guesses_and_used_codes_go_after_a_month(app: Flask, tablet: Tablet):
    with writing():
        db.session.add(LockOut(key="somebody", failures=2, until=None, last=clock.now()))
    app.config["CLOCK"].move(days=29)
    assert "sign-ins" not in counts()
    app.config["CLOCK"].move(days=3)
    delete_now()
    assert db.session.query(LockOut).count() == db.session.query(EnrolCode).count() == 0
    assert tablet.push([]).status_code == 200


def test_a_photo_goes_with_the_card(app: Flask, tablet: Tablet, settings: Settings):
    photos = settings.data / "photos"
    photos.mkdir()
    for number in (ZOE, LOU):
        (photos / f"{db.session.get_one(Student, number).upn}.jpg").write_bytes(b"a face")
    years_go_by(app)
    assert counts()["rewards"] == 1
    delete_now()
    assert [file.stem for file in photos.iterdir()] == [db.session.get_one(Student, ZOE).upn]


def test_a_name_that_somebody_else_bears_stays_with_them(app: Flask, tablet: Tablet):
    create_student("Lou", "Reed")
    reasons = ("Lou Sandoval shouted", "Lou saw it", "Sandoval ran")
    for reason in reasons:
        assert (
            do("reward.cap", {"student": "1", "cap": "none", "from": "2026-03-03", "reason": reason}, "h.head") is None
        )
    years_go_by(app, 12)
    delete_now()
    assert {cap.reason for cap in db.session.query(Cap)} == {
        "[former student] shouted",
        "Lou saw it",
        "[former student] ran",
    }
    assert not any(rebuild().values())


@pytest.mark.parametrize("change", [lambda: give(LOU, 3, date(2026, 2, 25)), lambda: give(ZOE, 3)])
def test_only_what_would_go_counts_for_what_was_seen(app: Flask, tablet: Tablet, change: Callable[[], None]):
    give(LOU, 5)
    years_go_by(app)
    seen = fingerprint(past_on(clock.today()))
    before = db.session.query(Score).filter_by(student_id=LOU).count()
    change()
    is_about_lou = db.session.query(Score).filter_by(student_id=LOU).count() > before
    assert (delete_past("h.head", seen) is None) == is_about_lou
