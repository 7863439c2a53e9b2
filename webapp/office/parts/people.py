"""Names of people, and the lists from which forms choose them."""

from datetime import date

from sqlalchemy import select

from webapp.models import Staff, Student, db
from webapp.models.lookup import look_up


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
