"""The weekly tracker: every score of a group in a week, with each student's mean and next level (policy 4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from webapp.domain.marks.marks import Mark
from webapp.domain.marks.mean import Mean
from webapp.domain.time.calendar import monday_of, sunday_of
from webapp.domain.time.stretch import Stretch
from webapp.models import Group, Lesson, Score, Student, db
from webapp.results.levels import Week, load_frame, load_marks, work_out
from webapp.school.classes import Classes, load_classes

Slot = tuple[date, str]
"""A day and a period."""


@dataclass(frozen=True, slots=True)
class Line:
    """One student's week. `marks` lacks what nobody marked; `level` is what the marks so far earn for the week after,
    within the limits then in force."""

    student: Student
    marks: Mapping[Slot, Mark]
    mean: Mean
    level: str | None


@dataclass(frozen=True, slots=True)
class GroupWeek:
    """A group's week: its lessons, and the scores of everybody in it."""

    group: Group
    slots: Sequence[Slot]
    lines: Sequence[Line]


def groups_of_week(week: str) -> list[Group]:
    """The classes that have a student in the week, by name."""
    students, classes = _students(week), load_classes()
    ids = {group for student in students for group in classes.of(student.id) if _is_in(classes, student, group, week)}
    return [group for group in db.session.scalars(select(Group).order_by(Group.name)) if group.id in ids]


def week_of_groups(week: str, groups: Sequence[Group]) -> list[GroupWeek]:
    """The week of each of the groups."""
    students = _students(week)
    marks = load_marks([week], [student.id for student in students])
    levels = _levels_after(week, [student.id for student in students])
    taught, classes = _taught(week), load_classes()
    found = []
    for group in groups:
        members = [student for student in students if _is_in(classes, student, group.id, week)]
        lines = [_line(student, marks.get(student.id, {}).get(week, Week()), levels) for student in members]
        marked = {slot for line in lines for slot in line.marks}
        slots = [*taught.get(group.id, ()), *sorted(marked.difference(taught.get(group.id, ())))]
        found.append(GroupWeek(group, sorted(slots, key=lambda slot: slot[0]), lines))
    return found


def week_after(week: str) -> str | None:
    """The next school week, if the calendar has one."""
    return next(iter(load_frame().calendar.weeks_after(week, 1)), None)


def _students(week: str) -> list[Student]:
    """Who is on roll in the week, and who has a score in it: only the latest stay of who came back is known."""
    first, last = monday_of(week), sunday_of(week)
    scored = set(db.session.scalars(select(Score.student_id).join(Lesson).where(Lesson.week == week)))
    there = [one for one in db.session.scalars(select(Student)) if one.id in scored or one.on_roll(first, last)]
    return sorted(there, key=lambda one: (one.sort, one.id))


def _is_in(classes: Classes, student: Student, group: str, week: str) -> bool:
    """Whether a student is in a class on a day of the week."""
    return classes.meets(student.id, group, Stretch(monday_of(week), sunday_of(week)))


def _taught(week: str) -> dict[str, list[Slot]]:
    """The lessons of the week by group, in order of time."""
    query = select(Lesson.group_id, Lesson.day, Lesson.period).where(Lesson.week == week, ~Lesson.gone)
    taught: dict[str, list[Slot]] = {}
    for group, day, period in db.session.execute(query.order_by(Lesson.starts)):
        taught.setdefault(group, []).append((day, period))
    return taught


def _levels_after(week: str, students: Sequence[int]) -> dict[int, str | None]:
    following = week_after(week)
    if following is None:
        return {}
    return {student: level.level for student, level, _ in work_out([following], students)}


def _line(student: Student, held: Week, levels: Mapping[int, str | None]) -> Line:
    marks = {(date.fromisoformat(day), period): mark for day, period, mark in held.marks}
    return Line(student, marks, held.mean(), levels.get(student.id))
