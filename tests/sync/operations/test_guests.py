"""A student of another class in one lesson: on its list, expected in it, and made again from the log."""

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.builders import create_group, create_lesson, create_staff, create_student, create_year
from webapp.models import Guest, Lesson, Student, db
from webapp.school import clock
from webapp.school.classes import ClassLesson, load_classes
from webapp.school.school import school_pack
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing
from webapp.sync.tables.replicated import TABLES


@pytest.fixture
def people(app: Flask) -> Flask:
    create_year()
    create_staff()
    for group in ("8B", "9H"):
        create_group(group)
        create_student(group=group)
    create_lesson()
    create_lesson(period="2")
    return app


def invite(lesson: str, student: str) -> str | None:
    with writing() as revs:
        draft = Draft("lesson.guest", "a.adeyemi", {"lesson": lesson, "student": student}, clock.now())
        (refusal,) = submit(revs, own_device("browser"), [draft])
    return refusal.reason if refusal else None


@pytest.mark.usefixtures("people")
def test_a_guest_is_expected_in_that_lesson_alone() -> None:
    assert invite("1", "2") is None
    assert invite("1", "2") is None
    guest, classes = db.session.get_one(Student, 2), load_classes([2])
    lessons = db.session.execute(select(Lesson.id, Lesson.group_id, Lesson.day, Lesson.period).order_by(Lesson.id))
    assert [classes.expect(guest, ClassLesson(*row)) for row in lessons] == [True, False]
    table = TABLES["lessons"]
    found = db.session.scalars(select(Lesson).order_by(Lesson.id)).all()
    assert [row["guests"] for row in map(table.wire(found, school_pack()), found)] == [["2"], []]


@pytest.mark.usefixtures("people")
def test_who_or_what_is_not_known_is_refused_and_the_log_makes_guests_again() -> None:
    assert [invite("9", "2"), invite("1", "9"), invite("x", "2")] == [
        "no-such-lesson",
        "no-such-student",
        "no-such-lesson",
    ]
    assert invite("1", "2") is None
    assert not any(rebuild().values())
    with writing():
        db.session.execute(delete(Guest))
        db.session.add(Guest(lesson_id=2, student_id=1, op="x.y.1"))
    assert rebuild()["lesson"] == 2
    assert [(row.lesson_id, row.student_id) for row in db.session.query(Guest)] == [(1, 2)]
