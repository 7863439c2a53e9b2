"""The audit trail: it grows, it is whole, and the database itself keeps it so."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_login import login_user
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from tests.builders import create_staff
from tests.conftest import TUESDAY_MORNING
from tests.postgres import DATABASES
from tests.sync.conftest import settings_on
from webapp.config import Settings
from webapp.models import AuditLine, db
from webapp.school import audit
from webapp.sync.log.revisions import writing

pytestmark = pytest.mark.both_databases


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Path) -> Settings:
    """A school on either database."""
    return settings_on(request.param, request, data)


def lines() -> list[AuditLine]:
    return list(db.session.scalars(select(AuditLine).order_by(AuditLine.sequence)))


def write(*events: str) -> None:
    for event in events:
        with writing():
            audit.note(event, "tablet:d1", duty="floor")


def tamper(statement: str) -> None:
    """What somebody with the database in hand may do, once the trigger is out of the way."""
    table = " ON audit" if db.engine.dialect.name == "postgresql" else ""
    for trigger in ("audit_kept", "audit_cut_off", "audit_follows"):
        db.session.execute(text(f"DROP TRIGGER {trigger}{table}"))
    db.session.execute(text(statement))
    db.session.commit()


def test_a_line_says_who_when_what_and_about_what(app: Flask):
    write("tablet.revoke")
    line = lines()[0]
    assert (line.sequence, line.by, line.at) == (1, "command line", TUESDAY_MORNING)
    assert (line.event, line.about, line.facts) == ("tablet.revoke", "tablet:d1", '{"duty": "floor"}')


def test_a_line_is_written_with_the_change_or_not_at_all(app: Flask):
    with suppress(ZeroDivisionError), writing():
        audit.note("tablet.revoke", "tablet:d1")
        raise ZeroDivisionError
    assert lines() == []


def test_whoever_is_signed_in_wrote_it(app: Flask):
    head = create_staff("c.quartey", "head")
    with app.test_request_context():
        write("hall.open")
        login_user(db.session.merge(head))
        write("staff.change")
    assert [line.by for line in lines()] == ["school", "c.quartey"]


def test_a_trail_as_it_was_written_is_whole(app: Flask):
    write("a.b", "c.d", "e.f")
    assert audit.verify() == audit.Verdict(None, 3, lines()[-1].hash)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET \"by\" = 'somebody' WHERE sequence = 2", 2),
        ("UPDATE audit SET facts = '{}' WHERE sequence = 1", 1),
        ("DELETE FROM audit WHERE sequence = 2", 2),
        ("DELETE FROM audit WHERE sequence = 1", 1),
    ],
)
def test_the_first_line_that_was_tampered_with_is_named(app: Flask, statement: str, broken: int):
    write("a.b", "c.d", "e.f")
    tamper(statement)
    assert audit.verify().broken == broken


def test_lines_cut_off_the_end_are_noticed_by_a_hash_written_down_before(app: Flask):
    write("a.b", "c.d")
    known = audit.verify().newest
    assert audit.holds(known)
    tamper("DELETE FROM audit WHERE sequence = 2")
    assert audit.verify().broken is None
    assert not audit.holds(known)


def test_the_database_refuses_to_change_or_delete_a_line(app: Flask):
    write("a.b")
    for statement in (update(AuditLine).values(by="somebody"), delete(AuditLine)):
        with pytest.raises(DatabaseError, match="only grows"):
            db.session.execute(statement)
        db.session.rollback()
    assert audit.verify().lines == 1


COLUMNS = '"sequence", "at", "by", "event", "about", "facts", "previous", "hash"'
LINE = "(2, '2026-03-03T09:00:00.000000+00:00', 'x', 'x', '', '{}', '', '')"
ON_SQLITE = (
    f"INSERT OR REPLACE INTO audit ({COLUMNS}) VALUES {LINE}",
    f"REPLACE INTO audit ({COLUMNS}) VALUES {LINE}",
    "UPDATE OR REPLACE audit SET sequence = 3 WHERE sequence = 2",
    f"INSERT OR REPLACE INTO audit ({COLUMNS.replace('sequence', 'rowid')}) VALUES {LINE}",
    "INSERT OR REPLACE INTO audit SELECT * FROM audit ORDER BY sequence DESC",
    "REPLACE INTO audit_cut (upto, hash, at) VALUES (1, 'x', '2026-03-03')",
)
ON_BOTH = (
    "UPDATE audit SET sequence = 9 WHERE sequence = 2",
    f"INSERT INTO audit ({COLUMNS}) VALUES {LINE} ON CONFLICT (sequence) DO UPDATE SET event = 'x'",
    f"INSERT INTO audit ({COLUMNS}) VALUES {LINE.replace('(2', '(0')}",
    f"INSERT INTO audit ({COLUMNS}) VALUES {LINE.replace('(2', '(-5')}",
    "DELETE FROM audit WHERE sequence = 3",
    "UPDATE audit_cut SET upto = 3",
    "DELETE FROM audit_cut",
)
ON_POSTGRESQL = ("TRUNCATE audit", "TRUNCATE audit_cut", "TRUNCATE audit CASCADE")


def test_no_statement_takes_the_place_of_a_line_or_of_a_cut(app: Flask):
    write("a.b", "c.d", "e.f")
    with writing():
        audit.cut(1)
    before = audit.verify()
    for statement in (*ON_BOTH, *(ON_SQLITE if db.engine.dialect.name == "sqlite" else ON_POSTGRESQL)):
        with pytest.raises(DatabaseError, match="only grows"):
            db.session.execute(text(statement))
        db.session.rollback()
    assert audit.verify() == before


def test_a_line_slipped_in_where_the_trail_was_cut_off_is_noticed(app: Flask):
    write("a.b", "c.d", "e.f")
    with writing():
        audit.cut(1)
    tamper(f"INSERT INTO audit ({COLUMNS}) VALUES {LINE.replace('(2', '(1')}")
    assert audit.verify().broken is not None


def cut_before(**after: float) -> int:
    """How many lines go that are older than so long after Tuesday morning."""
    with writing():
        old = audit.written_before(TUESDAY_MORNING + timedelta(**after))
        if old:
            audit.cut(old[-1])
    return len(old)


def test_old_lines_go_and_the_trail_goes_on_from_the_last_of_them(app: Flask):
    write("a.b", "c.d")
    second = lines()[1].hash
    app.config["CLOCK"].move(days=1)
    write("e.f")
    assert cut_before(hours=1) == 2
    assert (audit.verify().broken, audit.verify().lines) == (None, 1)
    assert audit.holds(second)
    with pytest.raises(DatabaseError, match="only grows"):
        db.session.execute(delete(AuditLine))
    db.session.rollback()
    write("g.h")
    assert (audit.verify().broken, lines()[-1].sequence) == (None, 4)


def test_a_trail_can_be_cut_again_and_to_its_end(app: Flask):
    for _ in range(3):
        write("a.b")
        app.config["CLOCK"].move(days=1)
    assert [cut_before(days=days) for days in (0, 1, 1, 9)] == [0, 1, 0, 2]
    assert (lines(), audit.verify().broken) == ([], None)
    write("c.d")
    assert (audit.verify().broken, lines()[0].sequence) == (None, 4)


def test_a_line_written_while_the_clock_was_behind_stays_with_those_before_it(app: Flask):
    for days in (2, -2, 3):
        app.config["CLOCK"].move(days=days)
        write("a.b")
    assert cut_before(days=1) == 0
    assert audit.verify() == audit.Verdict(None, 3, lines()[-1].hash)


def test_looking_again_within_minutes_is_one_line_and_later_another(app: Flask):
    for minutes in (0, 9, 2):
        app.config["CLOCK"].move(minutes=minutes)
        audit.viewed("records", "student:1")
    audit.viewed("records", "student:2")
    assert [(line.event, line.about) for line in lines()] == [
        ("records.view", "student:1"),
        ("records.view", "student:1"),
        ("records.view", "student:2"),
    ]
