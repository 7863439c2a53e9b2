"""Awards on a student's own pathway: for whom, by whom, taken back by whom, and that rebuilding gives them again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_group, create_staff, create_student, create_tablet
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.domain.access.rights import LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Award, Lesson, db

BODY = {"student": "2", "award": "own-goal", "note": " Rang the\ncollege ", "day": "2026-03-02"}


@pytest.fixture
def tablet(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """Ada's tablet; Zoë is in key stage 3 and Cai in key stage 4."""
    create_group("11C", key_stage=4)
    create_student("Cai", "Price", "11C", year=11)
    return create_tablet(app)


def award(tablet: Tablet, **other: Any) -> str:
    """The id of an award that was given."""
    op = tablet.record("pathway.award", BODY | other)
    assert tablet.push().json["notes"] == []
    return tablet.id_of(op)


def withdraw(tablet: Tablet, award: Any, **other: Any) -> list[str]:
    """Why it was refused, if it was."""
    return [reason for reason, _ in tablet.refusals("pathway.withdraw", {"award": award}, **other)]


def stored(award: str) -> Award:
    db.session.rollback()
    return db.session.get_one(Award, award)


def test_an_award_is_kept_with_what_it_was_for(tablet: Tablet):
    row = stored(award(tablet))
    assert (row.student_id, row.award, row.note, row.by) == (2, "own-goal", "Rang the college", "a.adeyemi")
    assert (row.day, row.at, row.withdrawn_at) == (date(2026, 3, 2), tablet.clock.now, None)
    assert stored(award(tablet, note=None)).note == ""


def test_an_award_is_withdrawn_once(tablet: Tablet):
    given = award(tablet)
    tablet.clock.move(minutes=5)
    assert withdraw(tablet, given) == []
    when, rev = tablet.clock.now, stored(given).rev
    tablet.clock.move(minutes=5)
    assert withdraw(tablet, given) == []
    assert (stored(given).withdrawn_at, stored(given).withdrawn_by, stored(given).rev) == (when, "a.adeyemi", rev)


def test_a_clock_long_behind_withdraws_no_award_before_it_was_given(tablet: Tablet):
    given = award(tablet)
    withdraw(tablet, given, wall=tablet.sign_in_by_a_wrong_clock(days=-3650))
    assert stored(given).withdrawn_at == stored(given).at


def test_an_award_is_withdrawn_by_whoever_gave_it_or_by_leaders(app: Flask, tablet: Tablet):
    for role in ROLES:
        create_staff(f"x.{role}", role=role)
        other = create_tablet(app, staff=f"x.{role}")
        assert withdraw(other, award(other)) == []
        refused = withdraw(other, award(tablet))
        assert (role, refused) == (role, [] if role in LEADERS else ["not-allowed"])


def test_an_award_that_cannot_be_is_refused_with_a_reason(tablet: Tablet):
    for key, value, reason in (
        ("student", "1", "not-on-a-pathway"),
        ("student", "99", "no-such-student"),
        ("award", "full-marks", "no-such-award"),
        ("award", None, "no-such-award"),
        ("note", "x" * 201, "no-note"),
        ("note", ["x"], "no-note"),
        ("note", 0, "no-note"),
        ("day", "2026-03-04", "no-such-day"),
        ("day", "2026-02-30", "no-such-day"),
        ("day", None, "no-such-day"),
    ):
        refused = [given for given, _ in tablet.refusals("pathway.award", BODY | {key: value})]
        assert (key, value, refused) == (key, value, [reason])
    assert db.session.query(Award).count() == 0


def test_junk_is_no_award(tablet: Tablet):
    for value in VALUES:
        for key in ("student", "award", "day"):
            tablet.record("pathway.award", BODY | {key: value})
        tablet.record("pathway.withdraw", {"award": value})
    tablet.record("pathway.withdraw", {"award": "d9.a9.1"})
    notes = tablet.push().json["notes"]
    assert len(notes) == len(tablet.ops)
    assert all(note["detail"] for note in notes)
    assert db.session.query(Award).count() == 0


def test_rebuilding_gives_and_withdraws_the_awards_again(tablet: Tablet):
    award(tablet, award="unit")
    given = award(tablet)
    withdraw(tablet, given)
    tablet.clock.move(minutes=5)
    withdraw(tablet, given)
    made_up = datetime(2020, 1, 1, tzinfo=UTC)
    check_rebuilding("pathway", Award, note="", withdrawn_at=made_up, withdrawn_by="nobody")
