"""A made-up school on a real database: its marks and limits are written as they would be, day after day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from tests.builders import create_group, create_staff, create_student, create_tablet
from tests.made_up_schools import GROUPS, WEEKDAYS
from tests.recomputed import Away, Days, Limit, School, days_of, week
from webapp.models import CalendarEntry, Cap, Lesson, PartTime, Period, TimetableEntry, db
from webapp.models.device import BROWSER
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing
from webapp.timetable.lessons import refresh_lessons

STAFF = "a.adeyemi"
Ids = dict[int, int]
"""A student's id in the database by the number in the made-up school."""


def play(school: School) -> Ids:
    """Bring a school into the empty database at hand and let its days go by."""
    students = _people(school)
    _set_up_lessons(school)
    marks = _marks(school, students)
    limits = [(students[number], limit) for number, one in school.students.items() for limit in one.limits]
    turns = {day for _, limit in limits for day in (limit.start, limit.lifted) if day}
    for day in sorted(marks.keys() | turns):
        _wait_until(day)
        _submit("score.record", marks.get(day, []))
        _submit("reward.cap", [_cap(student, limit) for student, limit in limits if limit.start == day])
        _submit("reward.lift", [_lift(student, limit) for student, limit in limits if limit.lifted == day])
    _wait_until(school.today)
    return students


def _wait_until(day: date) -> None:
    """It is the afternoon of a day, when its lessons are over."""
    current_app.config["CLOCK"].now = clock.local_moment(day, time(16))


def serve(app: Flask, school: School, students: Ids) -> dict[int, list[bool]]:
    """Ask at the till for all that is wanted today; what each student was given."""
    prices = {price for student in school.students.values() for price, _ in student.wanted}
    _submit("tuck.item", [_item(price) for price in prices])
    till, asked = create_tablet(app, STAFF, duty="till"), defaultdict(list)
    for number, student in school.students.items():
        for price, back in student.wanted:
            body = {"student": str(students[number]), "item": f"item-{price}", "day": school.today.isoformat()}
            asked[number].append(till.record("tuck.redeem", body))
            if back:
                till.record("tuck.void", {"redemption": till.id_of(asked[number][-1])})
    refused = {note["n"] for note in till.push().json["notes"]}
    db.session.rollback()  # what the tablet wrote is seen from here on
    return {number: [sale["n"] not in refused for sale in asked[number]] for number in school.students}


def _item(price: int) -> dict[str, Any]:
    about = {"item": f"item-{price}", "name": "Something", "price": price, "stock": 99}
    return about | {"allergens": [], "picture": "apple", "gone": False}


def _people(school: School) -> Ids:
    create_staff(STAFF, role="head")
    for group in GROUPS:
        create_group(group)
    students = {
        number: create_student(group=one.group, joined=one.joined).id for number, one in school.students.items()
    }
    with writing():
        db.session.add_all(_away(students[n], away) for n, one in school.students.items() for away in one.away)
    return students


def _away(student: int, away: Away) -> PartTime:
    weekday = WEEKDAYS.index(away.weekday) + 1
    about = {"period": away.period, "first": away.first, "last": away.last, "reason": "Hospital"}
    return PartTime(student_id=student, weekday=weekday, **about)


def _set_up_lessons(school: School) -> None:
    spans = {"year": [school.year], "half-term": school.half_terms, "closure": school.closures}
    with writing() as revs:
        db.session.add_all(_entry(kind, n, span) for kind, found in spans.items() for n, span in enumerate(found))
        db.session.add_all(Period(name=name, starts=f"1{name}:00", ends=f"1{name}:50", kind="lesson") for name in "123")
        db.session.flush()
        db.session.add_all(
            TimetableEntry(weekday=weekday, period=period, group_id=group, subject="Art", staff_id=STAFF)
            for (group, weekday), periods in school.timetable.items()
            for period in periods
        )
        refresh_lessons(revs)


def _entry(kind: str, n: int, span: Days) -> CalendarEntry:
    return CalendarEntry(kind=kind, name=f"{kind} {n}", start=span[0], end=span[1])


def _marks(school: School, students: Ids) -> dict[date, list[dict[str, Any]]]:
    """What is recorded each Sunday. Some marks are wrong at first and put right weeks later (D4)."""
    random = Random(school.seed)
    columns = (Lesson.day, Lesson.period, Lesson.group_id, Lesson.id)
    lessons = {tuple(slot): str(lesson) for *slot, lesson in db.session.execute(select(*columns))}
    found = defaultdict(list)
    for number, student in school.students.items():
        for slot, mark in student.marks.items():
            about = {"student": str(students[number]), "lesson": lessons[slot]}
            day = days_of(week(slot[0]))[-1]
            if random.random() < 0.2:
                found[day].append(about | {"mark": random.choice([0, 1, 5, "exempt"])})
                day += timedelta(weeks=random.randint(1, 2))
            found[day].append(about | {"mark": mark})
    return dict(found)


def _cap(student: int, limit: Limit) -> dict[str, Any]:
    until = limit.until and limit.until.isoformat()
    return {
        "student": str(student),
        "cap": limit.cap,
        "from": limit.start.isoformat(),
        "until": until,
        "reason": "Agreed with home",
    }


def _lift(student: int, limit: Limit) -> dict[str, Any]:
    query = select(Cap.id).where(Cap.student_id == student, Cap.cap == limit.cap, Cap.start == limit.start)
    query = query.where(Cap.until.is_not_distinct_from(limit.until), Cap.lifted.is_(None))
    return {"cap": db.session.scalars(query).first()}


def _submit(kind: str, bodies: Sequence[dict[str, Any]]) -> None:
    """As from the school's own pages; whatever is refused fails the test."""
    if not bodies:
        return
    with writing() as revs:
        now = clock.now()
        drafts = [Draft(kind, STAFF, body, now) for body in bodies]
        assert not any(submit(revs, own_device(BROWSER), drafts))
