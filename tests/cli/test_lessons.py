"""`lessons`: who is expected where on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask

from tests.builders import create_group, create_lesson, create_staff, create_student, create_year
from webapp.models import PartTime, db
from webapp.sync.log.revisions import writing
from webapp.timetable.cover import cover


def test_the_lessons_of_a_day_name_their_class_their_staff_and_who_is_expected(
    app: Flask, run_json: Callable[..., Any]
):
    create_year()
    create_group("8B")
    create_staff("a.adeyemi")
    create_staff("w.kowal", surname="Kowal", forename="Wit")
    here, away = create_student("Ada", upn="A1"), create_student("Bo", upn="A2")
    create_student("Gone", upn="A3", left=date(2026, 3, 3))
    lesson = create_lesson()
    with writing() as revs:
        about = {"student_id": away.id, "weekday": 2, "period": "1", "first": date(2026, 3, 2), "last": None}
        db.session.add(PartTime(**about, reason="Medical"))
        lesson.room, lesson.cycle = "12", "B"
        cover([lesson.id], "a.adeyemi", "w.kowal", "", revs)
    assert run_json("lessons", "--date", "03/03/2026") == [
        {
            "id": str(lesson.id),
            "week": "B",
            "period": "1",
            "starts": "2026-03-03T09:00:00.000Z",
            "ends": "2026-03-03T09:50:00.000Z",
            "group": "8B",
            "subject": "Maths",
            "staff": ["w.kowal"],
            "room": "12",
            "students": [here.upn],
        }
    ]
    assert run_json("lessons", "--date", "2026-03-04") == []
