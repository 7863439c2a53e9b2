"""Records of restrictive interventions are completed once, by those who may, and again when rebuilt."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.builders import Tablet, create_desk, create_staff
from tests.builders_spaces import TUESDAY, at, create_record
from tests.sync.junk import VALUES
from webapp.domain.access.rights import LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Lesson, Restraint, db
from webapp.sync.log.revisions import writing
from webapp.sync.operations import restraint

UNKNOWN = ("no-such-record", "There is no record of this name to complete.")


@pytest.fixture
def leader(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet in the hands of the head."""
    create_staff("c.quartey", role="head")
    return create_desk(app, "c.quartey")


def complete(tablet: Tablet, record: Any, **other: Any) -> list[tuple[str, str]]:
    """Reason and detail of what is refused."""
    return tablet.refusals("restraint.complete", {"record": record}, **other)


def test_a_record_is_completed_once(app: Flask, leader: Tablet):
    record, now = create_record(entered="09:00", left="09:30"), app.config["CLOCK"].now
    assert complete(leader, record) == []
    app.config["CLOCK"].move(hours=1)
    assert complete(leader, record) == []
    stored = db.session.get_one(Restraint, record)
    assert (stored.completed_at, stored.completed_by) == (now, "c.quartey")


def test_a_clock_long_behind_completes_no_record_before_it_was_opened(leader: Tablet):
    record = create_record(entered="09:00", left="09:30")
    complete(leader, record, wall="2016-03-03T10:00:00.000Z")
    assert db.session.get_one(Restraint, record).completed_at == at("09:30", TUESDAY)


def test_junk_is_no_record(leader: Tablet):
    for value in [*VALUES, "d9.a9.999"]:
        assert complete(leader, value) == [UNKNOWN]


def test_records_are_completed_by_leaders_and_the_desk_alone(app: Flask, leader: Tablet):
    record = create_record()
    for role in ROLES:
        create_staff(f"x.{role}", role=role)
        refused = [reason for reason, _ in complete(create_desk(app, f"x.{role}"), record)]
        assert (role, refused) == (role, [] if role in LEADERS else ["not-allowed"])


def test_rebuilding_completes_what_was_completed_and_nothing_else(leader: Tablet):
    record = create_record(entered="09:00", left="09:30")
    create_record(entered="09:40", left="09:50")
    complete(leader, record)
    complete(leader, record)
    sound = rows()
    assert put_right() == 0
    with writing():
        made_up = datetime(2020, 1, 1, tzinfo=UTC)
        db.session.execute(update(Restraint).values(completed_at=made_up, completed_by="nobody"))
    assert put_right() == 2
    assert rows() == sound
    with writing():
        db.session.execute(update(Restraint).values(completed_at=None, completed_by=None))
    assert put_right() == 1
    assert rows() == sound


def put_right() -> int:
    with writing() as revs:
        return restraint.rebuild(revs)


def rows() -> list[Any]:
    db.session.rollback()
    return list(db.session.execute(select(*Restraint.__table__.columns).order_by(Restraint.id)))
