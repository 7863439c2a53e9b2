"""Schools of any size for the benchmarks, filled straight into the tables."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any

from flask import Flask

from webapp import create_app
from webapp.config import read_settings
from webapp.domain.time.calendar import week_of
from webapp.models import (
    Base,
    CalendarEntry,
    Group,
    Lesson,
    Membership,
    Score,
    Staff,
    Student,
    db,
    insert_rows,
)
from webapp.school.clock import SCHOOL_ZONE
from webapp.setup.school import set_up
from webapp.sync.log.revisions import RevCounter, writing
from webapp.web.passwords import hash_password

NOW = datetime.now(UTC)
PASSWORD = "a long pass phrase"
PERIODS = 5
GROUP_SIZE = 20
CHUNK = 50_000


@contextmanager
def empty_school() -> Iterator[Flask]:
    """A school without people, in a folder that goes away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"REACHABLE_DATA": folder}))
        with app.app_context():
            set_up("reach", "A large school")
            yield app
            db.session.remove()
            db.engine.dispose()


def fill_people(students: int) -> None:
    groups, hashed = -(-students // GROUP_SIZE), hash_password(PASSWORD)
    with writing() as revs:
        db.session.add(
            Staff(
                id="t",
                username="t",
                surname="Teacher",
                forename="A",
                role="teacher",
                password_hash=hashed,
                rev=revs.next(),
            )
        )
        _insert(Group, ({"id": f"G{n}", "name": f"G{n}", "key_stage": 3, "rev": revs.next()} for n in range(groups)))
        _insert(
            Student,
            (
                {
                    "id": n + 1,
                    "upn": f"U{n}",
                    "legal_surname": f"Surname {n}",
                    "legal_forename": "Sam",
                    "year": 8,
                    "group_id": f"G{n // GROUP_SIZE}",
                    "rev": revs.next(),
                }
                for n in range(students)
            ),
        )
        _insert(
            Membership,
            ({"student_id": n + 1, "group_id": f"G{n // GROUP_SIZE}", "rev": revs.next()} for n in range(students)),
        )


def fill_lessons(students: int, days: int) -> None:
    """The last `days` weekdays up to today, five lessons a day for every group."""
    school_days = _weekdays_before(NOW.date(), days)
    groups = -(-students // GROUP_SIZE)
    with writing() as revs:
        db.session.add(CalendarEntry(kind="year", name="Year", start=school_days[0], end=NOW.date() + timedelta(28)))
        _insert(
            Lesson,
            (
                _lesson(day, period, group, revs)
                for day in school_days
                for group in range(groups)
                for period in range(1, PERIODS + 1)
            ),
        )


def fill_scores(students: int) -> int:
    """A mark for every student in every lesson, as history long since recorded; how many."""
    random = Random(1)
    lessons = db.session.query(Lesson.id, Lesson.group_id, Lesson.week).order_by(Lesson.id).all()
    weeks = {lesson: week for lesson, _, week in lessons}
    members = {
        f"G{n}": range(n * GROUP_SIZE + 1, min((n + 1) * GROUP_SIZE, students) + 1)
        for n in range(-(-students // GROUP_SIZE))
    }
    pairs = [(student, lesson) for lesson, group, _ in lessons for student in members[group]]
    with writing() as revs:
        _insert(
            Score,
            (
                {
                    "student_id": student,
                    "lesson_id": lesson,
                    "week": weeks[lesson],
                    "mark": str(random.choices(range(6), (1, 1, 2, 5, 8, 8))[0]),
                    "by": "t",
                    "at": NOW,
                    "op": f"import.0.{n}",
                    "contested": False,
                    "rev": revs.next(),
                }
                for n, (student, lesson) in enumerate(pairs)
            ),
        )
    return len(pairs)


def _weekdays_before(last: date, count: int) -> list[date]:
    days = (last - timedelta(n) for n in range(count * 2))
    return sorted(islice((day for day in days if day.isoweekday() <= 5), count))


def _lesson(day: date, period: int, group: int, revs: RevCounter) -> dict[str, Any]:
    starts = datetime.combine(day, time(8 + period), SCHOOL_ZONE).astimezone(UTC)
    return {
        "day": day,
        "week": week_of(day),
        "period": str(period),
        "group_id": f"G{group}",
        "subject": "Maths",
        "staff_id": "t",
        "starts": starts,
        "ends": starts + timedelta(minutes=50),
        "gone": False,
        "rev": revs.next(),
    }


def _insert(model: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    while chunk := list(islice(rows, CHUNK)):
        insert_rows(model, chunk)
