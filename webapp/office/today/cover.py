"""Cover: for a day, the lessons of absent colleagues and who takes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.text.words import clock_words, day_words_long
from webapp.domain.time.calendar import parse_day
from webapp.models import Cover, Group, Lesson, Staff, db
from webapp.office.parts.people import staff_choices
from webapp.school.audit import note
from webapp.school.clock import local_date
from webapp.sync.log.revisions import writing
from webapp.sync.operations.ids import number
from webapp.timetable.cover import cover


def page(args: Mapping[str, str], today: date) -> dict[str, Any]:
    """A day's lessons of one member of staff, and all of the day's that are covered."""
    day = parse_day(args.get("day")) or today
    names = {person.id: person.name for person in db.session.scalars(select(Staff))}
    rows = [_row(lesson, group, covered, names) for lesson, group, covered in _lessons(day)]
    busy = {(row["starts"], row["staff"]) for row in rows}
    absent, choices = args.get("staff", ""), staff_choices(day)
    return {
        "day": day.isoformat(),
        "words": day_words_long(day),
        "absent": absent,
        "absent_name": names.get(absent, ""),
        "staff": choices,
        "lessons": [row | {"choices": _choices(row, choices, busy)} for row in rows if absent and row["own"] == absent],
        "covered": [row for row in rows if row["own"] != row["staff"] and row["own"] != absent],
    }


def give(form: Mapping[str, str], by: Staff) -> None:
    """Let each lesson that the form names be taken by whom it names; "" gives it back."""
    known = {person.id for person in db.session.scalars(select(Staff))}
    for name, staff in form.items():
        lesson = (
            db.session.get(Lesson, number(name.removeprefix("lesson-")) or 0) if name.startswith("lesson-") else None
        )
        if lesson and staff in known:
            _give(lesson.id, staff, by.id)


def _give(lesson: int, staff: str, by: str) -> None:
    with writing() as revs:
        if db.session.get_one(Lesson, lesson).staff_id != staff:
            cover([lesson], staff, by, revs)
            note("lesson.cover", f"lesson:{lesson}", staff=staff)


def _lessons(day: date) -> list[Any]:
    query = select(Lesson, Group.name, Cover).join(Group, Group.id == Lesson.group_id)
    query = query.outerjoin(Cover, Cover.lesson_id == Lesson.id).where(Lesson.day == day, ~Lesson.gone)
    return list(db.session.execute(query.order_by(Lesson.starts, Group.name, Lesson.id)))


def _row(lesson: Lesson, group: str, covered: Cover | None, names: Mapping[str, str]) -> dict[str, str]:
    """`own` has the lesson on the timetable, `staff` takes it."""
    own = covered.absent_id if covered and covered.staff_id == lesson.staff_id else lesson.staff_id
    return {
        "id": str(lesson.id),
        "words": f"Period {lesson.period}: {lesson.subject} · {group}",
        "times": f"{clock_words(lesson.starts)} to {clock_words(lesson.ends)}",
        "starts": clock_words(lesson.starts),
        "own": own,
        "own_name": names[own],
        "staff": lesson.staff_id,
        "staff_name": names[lesson.staff_id],
        "day": local_date(lesson.starts).isoformat(),
    }


def _choices(row: Mapping[str, str], staff: list[tuple[str, str]], busy: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who can take a lesson: whoever has it, then those who are free, then those who teach at that time."""
    others = [(key, name) for key, name in staff if key != row["own"]]
    teaching = [(key, name) for key, name in others if (row["starts"], key) in busy and key != row["staff"]]
    free = [choice for choice in others if choice not in teaching]
    return [
        (row["own"], f"Not covered: {row['own_name']}"),
        *free,
        *((key, f"{name} (teaches then)") for key, name in teaching),
    ]
