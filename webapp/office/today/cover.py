"""Cover: for a day, the lessons of absent colleagues and who takes them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.text.words import clock_words, day_words_long
from webapp.domain.time.calendar import parse_day
from webapp.models import Group, Lesson, Staff, db
from webapp.models.lesson import NOBODY
from webapp.office.parts.people import staff_choices
from webapp.school.audit import note
from webapp.school.clock import local_date
from webapp.sync.log.revisions import writing
from webapp.sync.operations.ids import number
from webapp.timetable.cover import cover

VACANT = "?"
"""Stands in an address for lessons that nobody has on the timetable."""

VACANT_WORDS = "Lessons that nobody has yet"

_FIELD = re.compile(r"lesson-(\d{1,18})(?:\.(.+))?", re.ASCII)


def page(args: Mapping[str, str], today: date) -> dict[str, Any]:
    """A day's lessons of one member of staff, or those that nobody has; and all of the day's that are covered."""
    day = parse_day(args.get("day")) or today
    names = {person.id: person.name for person in db.session.scalars(select(Staff))}
    lessons = _lessons(day)
    busy = {(clock_words(lesson.starts), staff) for lesson, _ in lessons for staff in lesson.taking}
    rows = [_row(lesson, group, own, names) for lesson, group in lessons for own in lesson.staff or (NOBODY,)]
    absent, choices = args.get("staff", ""), staff_choices(day)
    return {
        "day": day.isoformat(),
        "words": day_words_long(day),
        "absent": absent,
        "absent_name": VACANT_WORDS if absent == VACANT else names.get(absent, ""),
        "staff": [(VACANT, VACANT_WORDS), *choices],
        "lessons": [
            row | {"choices": _choices(row, choices, busy), "chosen": args.get(_field(row), row["staff"])}
            for row in rows
            if row["own"] == absent
        ],
        "covered": [row for row in rows if row["own"] != row["staff"] and row["own"] != absent],
    }


def _field(row: Mapping[str, str]) -> str:
    """Which field of the form says who takes a lesson."""
    return f"lesson-{row['id']}.{row['own']}"


def give(form: Mapping[str, str], by: Staff) -> None:
    """Let each lesson that the form names be taken by whom it names, in place of who is absent."""
    known = {VACANT, *db.session.scalars(select(Staff.id))}
    for name, staff in form.items():
        field = _FIELD.fullmatch(name)
        lesson = db.session.get(Lesson, number(field[1]) or 0) if field else None
        if field and lesson and staff in known:
            _give(lesson, _person(field[2] or form.get("staff", "")), _person(staff), by.id)


def _person(key: str) -> str:
    return NOBODY if key == VACANT else key


def _give(lesson: Lesson, absent: str, staff: str, by: str) -> None:
    with writing() as revs:
        was = lesson.rev
        cover([lesson.id], absent, staff, by, revs)
        if lesson.rev != was:
            note("lesson.cover", f"lesson:{lesson.id}", staff=staff)


def _lessons(day: date) -> list[tuple[Lesson, str]]:
    query = select(Lesson, Group.name).join(Group, Group.id == Lesson.group_id).where(Lesson.day == day, ~Lesson.gone)
    rows = db.session.execute(query.order_by(Lesson.starts, Group.name, Lesson.id))
    return [(lesson, name) for lesson, name in rows]


def _row(lesson: Lesson, group: str, own: str, names: Mapping[str, str]) -> dict[str, str]:
    """`own` has the lesson on the timetable, `staff` takes it in their place or is the same."""
    covering = {cover.absent_id: cover.staff_id for cover in lesson.covers}
    staff = covering.get(own, own)
    known = {**names, NOBODY: "nobody yet"}
    return {
        "id": str(lesson.id),
        "words": f"Period {lesson.period}: {lesson.subject} · {group}",
        "times": f"{clock_words(lesson.starts)} to {clock_words(lesson.ends)}",
        "starts": clock_words(lesson.starts),
        "own": own or VACANT,
        "own_name": known[own],
        "staff": staff or VACANT,
        "staff_name": known[staff],
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
