"""Schools of any size for the benchmarks, filled straight into the tables."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import func

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
from webapp.models.people import CLASS, REGISTRATION
from webapp.school.clock import SCHOOL_ZONE
from webapp.setup.school import set_up
from webapp.sync.log.revisions import RevCounter, writing
from webapp.web.passwords import hash_password

NOW = datetime.now(UTC)
PASSWORD = "a long pass phrase"
PERIODS = 5
GROUP_SIZE = 20
FORMS, SETS, SETS_EACH = 34, 120, 3  # of a large school
WEEKS, AHEAD = 6, 14  # of its lessons, and days of them that are still to come
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
        _insert(
            Group,
            (
                {"id": f"G{n}", "name": f"G{n}", "key_stage": 3, "kind": REGISTRATION, "rev": revs.next()}
                for n in range(groups)
            ),
        )
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


def grow(students: int) -> None:
    """A thousand beside those of the demo school: classes of thirty, three sets each, four weeks of marks."""
    random, first = Random(2), db.session.query(func.max(Student.id)).scalar() + 1
    classes = {f"R{n}": [*range(first + n, first + students, FORMS)] for n in range(FORMS)}
    sets = {f"S{n}": random.sample(range(first, first + students), students * SETS_EACH // SETS) for n in range(SETS)}
    with writing() as revs:
        for members, kind in ((classes, REGISTRATION), (sets, CLASS)):
            _insert(
                Group,
                ({"id": key, "name": key, "key_stage": 3, "kind": kind, "rev": revs.next()} for key in members),
            )
        forms = {one: key for key, members in classes.items() for one in members}
        _insert(Student, (_student(one, forms[one]) | {"rev": revs.next()} for one in sorted(forms)))
        _insert(
            Membership,
            (
                {"student_id": one, "group_id": key, "rev": revs.next()}
                for key, members in (classes | sets).items()
                for one in members
            ),
        )
    _teach(classes | sets)


def _student(number: int, group: str) -> dict[str, Any]:
    named = {"legal_surname": f"Surname {number}", "legal_forename": "Sam", "year": 8, "group_id": group}
    return named | {"id": number, "upn": f"U{number}"}


def _teach(groups: Mapping[str, Collection[int]]) -> None:
    """A lesson a day for every group, and a mark for everybody in it up to now."""
    teacher = db.session.query(Staff.id).order_by(Staff.id).limit(1).scalar()
    random = Random(3)
    days = _weekdays_before(NOW.date() + timedelta(days=AHEAD), WEEKS * 5)
    with writing() as revs:
        _insert(
            Lesson,
            (
                _lesson(day, n % PERIODS + 1, key, revs) | {"staff_id": teacher}
                for day in days
                for n, key in enumerate(groups)
            ),
        )
    taught = db.session.query(Lesson.id, Lesson.group_id, Lesson.week).filter(
        Lesson.group_id.in_(groups), Lesson.day < NOW.date()
    )
    with writing() as revs:
        _insert(
            Score,
            (
                _score(lesson, week, student, random, revs)
                for lesson, group, week in taught.all()
                for student in sorted(groups[group])
            ),
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
                _lesson(day, period, f"G{group}", revs)
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
            (_score(lesson, weeks[lesson], student, random, revs) for student, lesson in pairs),
        )
    return len(pairs)


def _score(lesson: int, week: str, student: int, random: Random, revs: RevCounter) -> dict[str, Any]:
    mark = str(random.choices(range(6), (1, 1, 2, 5, 8, 8))[0])
    about = {"student_id": student, "lesson_id": lesson, "week": week, "mark": mark, "by": "t", "at": NOW}
    return about | {"op": f"import.0.{student}.{lesson}", "contested": False, "rev": revs.next()}


def _weekdays_before(last: date, count: int) -> list[date]:
    days = (last - timedelta(n) for n in range(count * 2))
    return sorted(islice((day for day in days if day.isoweekday() <= 5), count))


def _lesson(day: date, period: int, group: str, revs: RevCounter) -> dict[str, Any]:
    starts = datetime.combine(day, time(8 + period), SCHOOL_ZONE).astimezone(UTC)
    return {
        "day": day,
        "week": week_of(day),
        "period": str(period),
        "group_id": group,
        "subject": "Maths",
        "staff_id": "t",
        "also": "[]",
        "starts": starts,
        "ends": starts + timedelta(minutes=50),
        "gone": False,
        "rev": revs.next(),
    }


def _insert(model: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    while chunk := list(islice(rows, CHUNK)):
        insert_rows(model, chunk)
