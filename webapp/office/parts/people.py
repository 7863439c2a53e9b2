"""Names of people, and the lists from which forms choose them."""

from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select

from webapp.domain.text.text import sort_key
from webapp.models import Group, Staff, Student, db
from webapp.models.lookup import look_up
from webapp.school.scope import EVERYBODY, Scope


def who(staff: str) -> str:
    """The name of whoever did something."""
    person = look_up(Staff, staff) if "\0" not in staff else None
    return person.name if person else staff or "imported"


def student_names() -> dict[int, str]:
    """Everybody ever at the school, by id."""
    return {student.id: student.name for student in db.session.scalars(select(Student))}


def staff_choices(day: date | None = None) -> list[tuple[str, str]]:
    """The staff who are at the school on a day, or everybody ever, by surname."""
    people = sorted(db.session.scalars(select(Staff)), key=lambda person: person.sort)
    return [(person.id, person.name) for person in people if day is None or person.is_here(day)]


def student_choices(today: date, mine: Scope = EVERYBODY) -> list[dict[str, Any]]:
    """The students on roll from today on, group by group."""
    rows = db.session.execute(select(Student, Group.name).join(Group, Group.id == Student.group_id))
    wanted = [row for row in rows if mine.has_group(row[0].group_id) and row[0].on_roll(today, date.max)]
    there = [(sort_key(group), group, student) for student, group in wanted]
    there.sort(key=lambda row: (row[0], row[1], row[2].sort, row[2].id))
    return [
        {"group": group, "students": [{"id": str(student.id), "name": student.name} for _, _, student in rows]}
        for group, rows in groupby(there, key=lambda row: row[1])
    ]
