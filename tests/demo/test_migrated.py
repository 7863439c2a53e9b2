"""The demo school as the previous release left it, migrated: every level, receipt and roll is as it was."""

import shutil
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flask_migrate
from sqlalchemy import select, text

from tests.apps import used
from tests.builders import Clock
from webapp import create_app
from webapp.config import read_settings
from webapp.domain.time.calendar import week_of
from webapp.models import Lesson, Level, Membership, Student, db
from webapp.results.receipts import receipt
from webapp.school.classes import ClassLesson, load_classes
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import head

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)
LEVELS = (Level.student_id, Level.week, Level.level, Level.sum, Level.count, Level.marks)


def rolls() -> dict[int, set[int]]:
    """Who is expected, by lesson."""
    students, classes = db.session.scalars(select(Student)).all(), load_classes()
    rows = db.session.execute(select(Lesson.id, Lesson.group_id, Lesson.day, Lesson.period)).all()
    return {row.id: {one.id for one in students if classes.expect(one, ClassLesson(*row))} for row in rows}


def rolls_as_before() -> dict[int, set[int]]:
    """As the previous release found them: the group's students of today, part-time timetables aside."""
    there = defaultdict(set)
    for student in db.session.scalars(select(Student)):
        there[student.group_id].add(student)
    lessons = db.session.scalars(select(Lesson)).all()
    return {
        one.id: {
            student.id
            for student in there[one.group_id]
            if student.on_roll(one.day, one.day) and not student.is_away(one.day, one.period)
        }
        for one in lessons
    }


def held() -> list[Any]:
    levels = sorted(map(tuple, db.session.execute(select(*LEVELS))))
    students = db.session.scalars(select(Student).order_by(Student.id).limit(12))
    return [levels, rolls(), [receipt(student, week_of(NOW.date())).lines for student in students]]


def test_a_school_of_the_previous_release_is_migrated_as_it_was(folder: Path, tmp_path: Path) -> None:
    app = create_app(read_settings({"REACHABLE_DATA": str(shutil.copytree(folder, tmp_path / "data"))}), Clock(NOW))
    with used(app):
        before = held()
        assert before[1] == rolls_as_before()
        db.session.rollback()
        flask_migrate.downgrade(revision="unsure_times")
        last = db.session.scalar(text("SELECT sequence FROM school"))
        db.session.rollback()
        flask_migrate.upgrade()
        assert held() == before
        rows = db.session.scalars(select(Membership).order_by(Membership.rev)).all()
        groups = dict(db.session.execute(select(Student.id, Student.group_id)).all())
        assert {row.student_id: row.group_id for row in rows} == groups
        assert {(row.first, row.last) for row in rows} == {(None, None)}
        # Tablets hear of all of them, since they are newer than whatever a tablet has.
        assert [row.rev for row in rows] == list(range(last + 1, head() + 1))
        assert not any(rebuild().values())
