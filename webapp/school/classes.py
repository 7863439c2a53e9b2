"""Who is in which class on which day, and who is a guest: as far as it is asked of some students."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from webapp.domain.marks.roll import is_expected, is_listed
from webapp.domain.time.stretch import Stretch
from webapp.models import Guest, Lesson, Membership, Student, db


class ClassLesson(NamedTuple):
    """A lesson: of which class (`group`) and when."""

    id: int
    group: str
    day: date
    period: str


@dataclass(frozen=True, slots=True)
class Classes:
    """The memberships of students, by student and class; the lessons with a guest, alone and each with its guest."""

    stretches: Mapping[int, Mapping[str, Collection[Stretch]]]
    visits: frozenset[tuple[int, int]]
    visited: frozenset[int]

    def of(self, student: int) -> Collection[str]:
        """The classes that a student is in, was in or will be in."""
        return self.stretches.get(student, {})

    def holds(self, student: int, group: str, day: date) -> bool:
        """Whether a student is in a class on a day."""
        return self.meets(student, group, Stretch(day, day))

    def meets(self, student: int, group: str, days: Stretch) -> bool:
        """Whether a student is in a class on one of some days."""
        return any(stretch.meets(days) for stretch in self.stretches.get(student, {}).get(group, ()))

    def expect(self, student: Student, lesson: ClassLesson) -> bool:
        """Whether a student is expected in a lesson."""
        day, guest = lesson.day, (lesson.id, student.id) in self.visits
        listed = is_listed(self.holds(student.id, lesson.group, day), student.on_roll(day, day), guest)
        return is_expected(listed, student.is_away(day, lesson.period), guest)


def load_classes(students: Collection[int] | None = None) -> Classes:
    """The classes of some students; None: of all."""
    members = select(Membership.student_id, Membership.group_id, Membership.first, Membership.last)
    guests = select(Guest.lesson_id, Guest.student_id)
    if students is not None:
        members = members.where(Membership.student_id.in_(students))
        guests = guests.where(Guest.student_id.in_(students))
    found: dict[int, dict[str, list[Stretch]]] = {}
    for student, group, first, last in db.session.execute(members):
        found.setdefault(student, {}).setdefault(group, []).append(Stretch(first, last))
    visits = frozenset((lesson, student) for lesson, student in db.session.execute(guests))
    return Classes(found, visits, frozenset(lesson for lesson, _ in visits))


def may_be_of(student: int) -> ColumnElement[bool]:
    """Whether a lesson is of a class that a student is ever in, or one with them as a guest; which of these expect them
    says `Classes.expect`."""
    groups = select(Membership.group_id).where(Membership.student_id == student)
    lessons = select(Guest.lesson_id).where(Guest.student_id == student)
    return or_(Lesson.group_id.in_(groups), Lesson.id.in_(lessons))


def is_member(day: date) -> ColumnElement[bool]:
    """Whether a membership holds on a day."""
    begun = or_(Membership.first.is_(None), Membership.first <= day)
    return begun & or_(Membership.last.is_(None), Membership.last >= day)
