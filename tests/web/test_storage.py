"""A full disk and a database that cannot be changed: nobody sees an error, and nothing that was stored is lost."""

import errno
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.asked import statements
from tests.builders import (
    PASSWORD,
    Tablet,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from tests.conftest import TUESDAY_MORNING
from tests.postgres import Postgres
from tests.storage import FULL, IMPATIENT, READ_ONLY, storage
from webapp.models import Ask, Operation, db
from webapp.school import audit
from webapp.sync.log.revisions import writing
from webapp.web import health
from webapp.web import storage as faults
from webapp.web.storage import AWAY, fault_of


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    create_year()
    create_group()
    create_staff()
    create_student()
    create_lesson()
    return create_tablet(app)


def fill_last_pages(tablet: Tablet) -> None:
    """Marks until the database needs a new page."""
    for _ in range(200):
        tablet.mark(1, 1, len(tablet.ops) % 6)


@pytest.mark.parametrize(("state", "status", "reason"), [(FULL, 507, "disk-full"), (READ_ONLY, 503, "read-only")])
def test_a_tablet_is_told_why_nothing_was_taken_and_sends_it_later(
    tablet: Tablet, state: tuple[str, str], status: int, reason: str
):
    tablet.mark(1, 1, 4)
    tablet.push()
    fill_last_pages(tablet)
    with storage(db.engine, state):
        answer = tablet.push()
    assert (answer.status_code, answer.json["reason"]) == (status, reason)
    assert "Tablets keep what is recorded" in answer.json["detail"]
    assert db.session.query(Operation).filter_by(device_id=tablet.device).count() == 1
    assert tablet.push().json["upto"] == len(tablet.ops)


def test_who_waited_too_long_for_another_writer_is_told_and_loses_nothing(app: Flask, tablet: Tablet):
    tablet.mark(1, 1, 4)
    browser = app.test_client()
    browser.post("/sign-in", data={"username": "a.adeyemi", "password": "a long pass phrase"})
    with storage(db.engine, IMPATIENT), create_engine(db.engine.url).connect() as other:
        other.execution_options(writes=True).execute(text("SELECT 1"))
        answer, page = tablet.push(), browser.post("/lesson/1/mark", data={"student": "1", "mark": "3"})
    assert (answer.status_code, answer.json["reason"], page.status_code) == (503, "busy", 503)
    assert "Try again in a moment." in page.text
    assert tablet.push().json["upto"] == 1


@pytest.mark.parametrize(("state", "status", "words"), [(FULL, 507, "is full"), (READ_ONLY, 503, "not changed")])
def test_a_page_says_what_happened_what_was_kept_and_what_to_do(
    app: Flask, tablet: Tablet, state: tuple[str, str], status: int, words: str
):
    browser = app.test_client()
    browser.post("/sign-in", data={"username": "a.adeyemi", "password": "a long pass phrase"})
    with writing():
        db.session.execute(text("CREATE TABLE filler (x)"))
        db.session.execute(text("INSERT INTO filler SELECT zeroblob(3000)"))
    with storage(db.engine, state):
        answers = [browser.post("/lesson/1/mark", data={"student": "1", "mark": str(mark % 6)}) for mark in range(120)]
    answer = answers[-1]
    assert answer.status_code == status
    assert words in answer.text
    assert "What was stored before is safe." in answer.text
    assert "For whoever looks after the server:" in answer.text
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_what_is_stored_can_be_read_and_what_reading_would_note_waits(app: Flask, tablet: Tablet):
    """When a session was last used, a place held in vain, and rows that a new day numbers."""
    browser = app.test_client()
    browser.post("/sign-in", data={"username": "a.adeyemi", "password": "a long pass phrase"})
    assert tablet.refusals("space.ask", {"space": "hazel", "student": "1"}) == []
    tablet.pull()
    app.config["CLOCK"].move(hours=1)
    with storage(db.engine, READ_ONLY):
        assert browser.get("/lesson/1").status_code == 200
        tablet.pull()
        app.config["CLOCK"].move(days=1)
        assert tablet.client.get("/sync/v1/pull").status_code == 200
        assert [ask.status for ask in db.session.query(Ask)] == ["confirmed"]
        db.session.rollback()
    tablet.pull()
    assert [ask.status for ask in db.session.query(Ask)] == ["lapsed"]


def test_another_error_is_none_of_these():
    assert fault_of(OSError(errno.ENOENT, "no such file")) is None
    assert fault_of(ZeroDivisionError()) is None


@pytest.mark.parametrize(
    ("number", "fault"), [(errno.ENOSPC, faults.FULL), (errno.EROFS, faults.READ_ONLY), (errno.EDQUOT, faults.FULL)]
)
def test_what_the_system_says_of_a_file_counts_too(number: int, fault: faults.Fault):
    assert fault_of(OSError(number, "")) == fault


def test_a_database_that_is_not_there_is_away(tmp_path: Path, postgres: Postgres):
    nowhere = (f"sqlite:///{tmp_path}/nowhere/x.sqlite3", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    for address in nowhere:
        with pytest.raises(DBAPIError) as caught:
            create_engine(address).connect()
        assert fault_of(caught.value) == AWAY


def test_postgresql_says_when_nothing_can_be_changed(postgres: Postgres):
    engine = create_engine(postgres.create("read-only").replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        with pytest.raises(DBAPIError) as caught:
            connection.execute(text("CREATE TABLE x (y int)"))
    engine.dispose()
    assert fault_of(caught.value) == faults.READ_ONLY


def health_of(client: Any) -> tuple[int, dict[str, Any]]:
    answer = client.get("/health")
    return answer.status_code, dict(answer.json or {})


@pytest.fixture
def head(app: Flask) -> Any:
    create_staff("head", "head")
    client = app.test_client()
    client.post("/sign-in", data={"username": "head", "password": PASSWORD})
    return client


def test_who_may_read_it_at_the_desk_hears_how_the_server_is(app: Flask, head: Any):
    status, said = health_of(head)
    assert (status, said["ok"], said["writable"]) == (200, True, True)
    assert (said["backup_age_hours"], said["backup_ok"]) == (None, False)
    with writing():
        audit.note(health.BACKUP)
    app.config["CLOCK"].move(hours=6)
    head.post("/sign-in", data={"username": "head", "password": PASSWORD})
    assert health_of(head)[1]["backup_age_hours"] == 6
    app.config["CLOCK"].move(seconds=30)
    with storage(db.engine, READ_ONLY):
        status, said = health_of(head)
    assert (status, said["ok"], said["trouble"]) == (503, False, "read-only")
    assert health_of(head)[1].keys() == {
        "ok", "writable", "trouble", "free_mb", "backup_age_hours", "backup_ok", "version"
    }  # fmt: skip


def test_strangers_and_teachers_hear_only_whether_all_is_well(app: Flask):
    create_staff()
    teacher = app.test_client()
    teacher.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    for client in (app.test_client(), teacher, create_tablet(app).client):
        assert health_of(client) == (200, {"ok": True})
    app.config["CLOCK"].move(seconds=30)
    with storage(db.engine, READ_ONLY):
        assert health_of(app.test_client()) == (503, {"ok": False})


def test_asking_again_and_again_writes_once_in_a_while(app: Flask):
    with statements() as asked:
        for _ in range(20):
            health_of(app.test_client())
        app.config["CLOCK"].move(seconds=30)
        health_of(app.test_client())
    assert asked.count("BEGIN IMMEDIATE") == 2


def test_a_disk_with_little_room_is_not_well(app: Flask):
    well = health.ServerHealth(None, health.LEAST_ROOM, TUESDAY_MORNING)
    assert well.is_well
    assert well.is_backed_up(TUESDAY_MORNING + timedelta(hours=36))
    assert not well.is_backed_up(TUESDAY_MORNING + timedelta(hours=37))
    assert not health.ServerHealth(None, health.LEAST_ROOM - 1, None).is_well
