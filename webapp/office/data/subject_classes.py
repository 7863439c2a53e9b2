"""Which classes a student is and was in, for whoever asks what the school holds."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from webapp.models import Group, Guest, Lesson, Membership, Student, db


def classes(student: Student, _free: Callable[[str], str]) -> Iterator[Sequence[Any]]:
    query = select(Group.name, Membership).join(Membership, Membership.group_id == Group.id)
    query = query.where(Membership.student_id == student.id).order_by(Membership.id)
    for name, row in db.session.execute(query):
        yield name, row.first, row.last
    visited = select(Lesson).join(Guest, Guest.lesson_id == Lesson.id).where(Guest.student_id == student.id)
    for lesson in db.session.scalars(visited.order_by(Lesson.starts, Lesson.id)):
        yield f"{lesson.group_id}, as a guest in period {lesson.period}", lesson.day, lesson.day
