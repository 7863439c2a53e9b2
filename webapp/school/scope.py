"""Which students are whose: those in the groups that are given to a person or that the person teaches.

A person whose role gives only their own (`domain/access/rights.py`) sees these on a page; pages that list students or
groups ask here, and addresses that name one are checked by `webapp/web/access.py`.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from webapp.models import Membership, Responsibility, Student, TimetableEntry, db
from webapp.models.lesson import is_taught_by
from webapp.school.classes import is_member
from webapp.school.clock import today


@dataclass(frozen=True, slots=True)
class Scope:
    """The groups somebody may see, and the ids of their students; None: all of them."""

    groups: frozenset[str] | None = None
    students: frozenset[str] | None = None

    def has_group(self, group: str) -> bool:
        return self.groups is None or group in self.groups

    def has_student(self, student: str) -> bool:
        """Takes the id of a student as addresses carry it."""
        return self.students is None or student in self.students


EVERYBODY = Scope()


def scope_of(staff: str | None) -> Scope:
    """What is the person's own; of None, everybody."""
    return EVERYBODY if staff is None else Scope(groups_of(staff), frozenset(map(str, students_of(staff))))


def groups_of(staff: str) -> frozenset[str]:
    """The groups a person is responsible for, or teaches by the timetable."""
    given = select(Responsibility.group_id).where(Responsibility.staff_id == staff)
    taught = select(TimetableEntry.group_id).where(is_taught_by(TimetableEntry, staff), _is_to_come())
    return frozenset(db.session.scalars(given.union(taught)))


def _is_to_come() -> Any:
    """What the timetable has today, or will have."""
    return or_(TimetableEntry.last.is_(None), TimetableEntry.last >= today())


def students_of(staff: str) -> frozenset[int]:
    """The students in those groups today, and of registration groups whoever was when they left."""
    groups = groups_of(staff)
    registered = select(Student.id).where(Student.group_id.in_(groups))
    taught = select(Membership.student_id).where(Membership.group_id.in_(groups), is_member(today()))
    return frozenset(db.session.scalars(registered.union(taught)))
