from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from tests.imports.conftest import CALENDAR, PERIODS, STAFF, STUDENTS, TIMETABLE
from webapp import create_app
from webapp.config import read_settings
from webapp.imports import KINDS, import_content
from webapp.models import Base, Lesson, SignIn, db
from webapp.models.school import OFFERED
from webapp.setup.school import set_up
from webapp.sync.log.revisions import writing
from webapp.timetable.cover import cover
from webapp.timetable.lessons import refresh_lessons, standing_lessons


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database without tables."""
    env = {"REACHABLE_DATA": str(tmp_path)}
    if request.param == "postgresql":
        env["DATABASE_URL"] = request.getfixturevalue("postgres").create(request.node.name)
    app = create_app(read_settings(env))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_a_migrated_database_is_what_the_models_say(app: Flask):
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert connection.dialect.name in app.config["SQLALCHEMY_DATABASE_URI"]
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrations_can_be_repeated_and_taken_back(app: Flask):
    for _ in range(2):
        flask_migrate.upgrade()
    assert inspect(db.engine).has_table("operation")
    flask_migrate.downgrade(revision="base")
    assert app
    assert inspect(db.engine).get_table_names() == ["alembic_version"]


def test_marks_are_kept_when_their_table_changes(app: Flask):
    flask_migrate.upgrade(revision="first_tables")
    for statement in (
        """INSERT INTO "group" (id, name, key_stage, rev) VALUES ('8A', '8A', 3, 1)""",
        "INSERT INTO staff (id, username, surname, forename, role, rev) VALUES ('t', 't', 'Tee', 'Tia', 'teacher', 1)",
        "INSERT INTO student (id, upn, legal_surname, legal_forename, year, group_id, rev) "
        "VALUES (1, 'U1', 'Okoro', 'Ada', 8, '8A', 1)",
        "INSERT INTO lesson (id, day, week, period, group_id, subject, staff_id, starts, ends, gone, rev) "
        "VALUES (1, '2026-03-03', '2026-W10', '1', '8A', 'Art', 't', :at, :at, false, 1)",
        """INSERT INTO score (student_id, lesson_id, mark, "by", at, op, contested, rev) """
        "VALUES (1, 1, '5', 't', :at, 'd.a.1', false, 1)",
    ):
        db.session.execute(text(statement), {"at": "2026-03-03 09:00:00+00:00"} if ":at" in statement else {})
    db.session.commit()
    flask_migrate.upgrade()
    kept = db.session.execute(text("SELECT student_id, lesson_id, week, mark, op FROM score")).all()
    assert kept == [(1, 1, "2026-W10", "5", "d.a.1")]
    db.session.rollback()
    flask_migrate.downgrade(revision="first_tables")
    assert db.session.execute(text("SELECT student_id, lesson_id, mark FROM score")).all() == [(1, 1, "5")]


def test_a_sign_in_from_before_began_a_week_before_its_end(app: Flask):
    flask_migrate.upgrade(revision="retention")
    until = datetime(2026, 3, 10, 9, 30, 5, tzinfo=UTC)
    for statement in (
        "INSERT INTO staff (id, username, surname, forename, role, rev) VALUES ('t', 't', 'Tee', 'Tia', 'teacher', 1)",
        "INSERT INTO device (id, incarnation, name, duty, enrolled_at, upto) VALUES ('d1', 'a', 'T', 'floor', :at, 0)",
        "INSERT INTO sign_in (device_id, staff_id, until, on_call, pin_wrong) VALUES ('d1', 't', :at, false, 0)",
    ):
        at = until.isoformat(timespec="microseconds")
        db.session.execute(text(statement), {"at": at} if ":at" in statement else {})
    db.session.commit()
    flask_migrate.upgrade()
    kept = db.session.query(SignIn).one()
    assert (kept.since, kept.until, kept.wall) == (until - timedelta(days=7), until, None)
    db.session.rollback()
    flask_migrate.downgrade(revision="retention")
    assert db.session.execute(text("SELECT device_id, staff_id FROM sign_in")).all() == [("d1", "t")]


def test_what_an_operation_is_about_and_whether_it_was_written_is_known_of_those_from_before(app: Flask):
    flask_migrate.upgrade(revision="faults")
    at = "2026-03-03 09:00:00+00:00"
    db.session.execute(
        text(
            "INSERT INTO device (id, incarnation, name, duty, enrolled_at, upto) "
            "VALUES ('d1', 'a', 'T', 'floor', :at, 0)"
        ),
        {"at": at},
    )
    sent = (
        ("space.leave", '{"stay": "d1.a.9", "note": "Calm"}', None),
        ("space.leave", '{"stay": 9, "note": ""}', None),
        ("score.record", '{"student": "1", "lesson": "1", "mark": 4, "why": "Misread"}', "score:1.1"),
        ("score.record", '{"student": "1", "lesson": "1", "mark": 5}', "score:1.1"),
        ("no.such.kind", '{"stay": "d1.a.9", "note": "Calm"}', None),
    )
    for seq, (kind, body, subject) in enumerate(sent, start=1):
        values = {"seq": seq, "kind": kind, "body": body, "subject": subject, "at": at}
        db.session.execute(
            text(
                'INSERT INTO operation (seq, device_id, incarnation, n, kind, "by", wall, at, received, body, digest, '
                "subject, status, rev) VALUES (:seq, 'd1', 'a', :seq, :kind, 't', '', :at, :at, :body, '', :subject, "
                "'applied', :seq)"
            ),
            values,
        )
    db.session.commit()
    flask_migrate.upgrade()
    found = db.session.execute(text("SELECT subject, written FROM operation ORDER BY seq")).all()
    assert [(subject, bool(written)) for subject, written in found] == [
        ("d1.a.9", True),
        (None, False),
        ("score:1.1", True),
        ("score:1.1", False),
        (None, False),
    ]
    db.session.rollback()
    flask_migrate.downgrade(revision="faults")
    subjects = db.session.scalars(text("SELECT subject FROM operation ORDER BY seq")).all()
    assert subjects == [None, None, "score:1.1", "score:1.1", None]


def test_lock_outs_from_before_know_whose_they_are(app: Flask):
    flask_migrate.upgrade(revision="subjects")
    keys = ('["password","staff","t","tablet","d1"]', '["password","nobody","t","",""]')
    for key in keys:
        db.session.execute(text("INSERT INTO lock_out (key, failures) VALUES (:key, 1)"), {"key": key})
    db.session.commit()
    flask_migrate.upgrade()
    found = db.session.execute(text("SELECT key, staff_id FROM lock_out ORDER BY key DESC")).all()
    assert found == [(keys[0], "t"), (keys[1], None)]


def test_the_lessons_of_a_school_of_before_are_the_same_with_two_weeks_and_several_teachers(app: Flask):
    flask_migrate.upgrade()
    set_up("reach", "Hazelwood School", second_factor=OFFERED)
    files = {"calendar": CALENDAR, "periods": PERIODS, "staff": STAFF, "students": STUDENTS, "timetable": TIMETABLE}
    for kind, content in files.items():
        assert not import_content(KINDS[kind], content.encode()).problems
    with writing() as revs:
        cover([3], "a.adeyemi", "w.kowal", "", revs)
    lessons, taking = standing_lessons(), db.session.get_one(Lesson, 3).taking
    db.session.rollback()
    flask_migrate.downgrade(revision="spells")
    taken = db.session.execute(text("SELECT staff_id FROM lesson WHERE id = 3")).scalar()
    assert (taking, taken) == (("w.kowal",), "w.kowal"), "cover was written over the lesson's own"
    db.session.rollback()
    flask_migrate.upgrade()
    assert standing_lessons() == lessons
    assert db.session.get_one(Lesson, 3).taking == taking
    with writing() as revs:
        assert refresh_lessons(revs) == 0
