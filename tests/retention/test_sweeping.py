"""That it is gone is said once it is: a reader keeps the pages it began with, and what was deleted is in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from tests.builders import create_group, create_student
from tests.office.conftest import Person
from webapp.models import Membership, RetentionRun, Student, db
from webapp.retention import sweeping
from webapp.retention.sweeping import finish, sweep
from webapp.school import clock
from webapp.sync.log.revisions import writing

WORD = "Sandoval-Whitlock"


@contextmanager
def a_reader() -> Iterator[None]:
    """Somebody who has begun to read and goes on."""
    with db.engine.connect().execution_options(
        isolation_level="REPEATABLE READ" if on_postgresql() else "SERIALIZABLE"
    ) as reader:
        reader.execute(text('SELECT count(*) FROM "student"')).scalar()
        yield


def on_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def files_hold(word: str) -> bool:
    file = Path(str(db.engine.url.database))
    return any(word.encode() in part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


def delete_somebody() -> None:
    with writing():
        db.session.query(Membership).delete()
        db.session.query(Student).delete()
        db.session.add(RetentionRun(at=clock.now(), by="h.head", counts="[]"))


def swept() -> bool:
    db.session.rollback()
    return bool(db.session.query(RetentionRun).one().swept)


def test_it_is_not_said_to_be_gone_while_somebody_reads_the_old_pages(app: Flask):
    create_group()
    create_student("Lou", WORD)
    with a_reader():
        delete_somebody()
        assert not sweep()
        assert not swept()
        assert on_postgresql() or files_hold(WORD)
        assert not finish()
    assert finish()
    assert swept()
    assert on_postgresql() or not files_hold(WORD)


def test_a_sweep_vouches_for_nothing_that_was_deleted_meanwhile(app: Flask):
    create_group()
    create_student("Lou", WORD)
    delete_somebody()

    def delete_another(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("UPDATE retention_run"):
            db.session.add(RetentionRun(at=clock.now(), by="c.quartey", counts="[]"))
            db.session.flush()

    event.listen(db.engine, "before_cursor_execute", delete_another)
    assert sweep()
    event.remove(db.engine, "before_cursor_execute", delete_another)
    db.session.rollback()
    runs = db.session.query(RetentionRun).order_by(RetentionRun.id)
    assert [(run.by, run.swept) for run in runs] == [("h.head", True), ("c.quartey", False)]
    assert finish()


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)  # the one that waits for a lock on a table
def test_after_a_sweep_that_waited_in_vain_connections_are_as_before(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sweeping, "PATIENCE", 1)
    delete_somebody()
    with db.engine.connect() as holder:
        holder.execute(text('LOCK TABLE "student" IN ACCESS SHARE MODE'))
        assert not sweep()
        assert db.session.execute(text("SHOW lock_timeout")).scalar() == "0"
        with db.engine.connect() as other:
            assert other.execute(text("SHOW lock_timeout")).scalar() == "0"
    assert finish()


def test_without_readers_it_is_gone_at_once_and_there_is_nothing_to_finish(app: Flask):
    create_group()
    create_student("Lou", WORD)
    delete_somebody()
    assert sweep()
    assert swept()
    assert on_postgresql() or not files_hold(WORD)
    assert finish()


def test_whoever_opens_the_page_sees_what_is_not_finished_and_finishes_it(app: Flask):
    create_group()
    create_student("Lou", WORD)
    head = Person(app, "head")
    with a_reader():
        delete_somebody()
        sweep()
        assert "remains are still in the database" in head.get("/office/data/kept").text
        assert "Remains may still lie" in head.get("/office/data/kept/reports/1").text
    assert "remains are still in" not in head.get("/office/data/kept").text
    assert "written anew" in head.get("/office/data/kept/reports/1").text
