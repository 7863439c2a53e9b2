"""Who is expected in the lessons of a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from webapp.domain.time.bell import bells_on, is_closed
from webapp.models import Lesson, Student, db
from webapp.school.bell_schedule import load_bells
from webapp.school.calendar import load_calendar
from webapp.school.classes import ClassLesson, load_classes


def lessons_on(day: date) -> Sequence[Lesson]:
    """The lessons of a day, in order."""
    query = select(Lesson).where(Lesson.day == day, ~Lesson.gone)
    return db.session.scalars(query.order_by(Lesson.starts, Lesson.group_id, Lesson.id)).all()


def expected_on(day: date) -> Mapping[int, list[Student]]:
    """The students expected in each lesson of a day, in order, by the lesson's id."""
    classes = load_classes()
    students = sorted(db.session.scalars(select(Student)), key=lambda student: (student.sort, student.id))
    closed = closed_periods(day, {student.year for student in students})
    members: defaultdict[str, list[Student]] = defaultdict(list)
    for student in students:
        for group in classes.of(student.id):
            members[group].append(student)
    return {
        lesson.id: [
            student
            for student in (students if lesson.id in classes.visited else members[lesson.group_id])
            if classes.expect(student, ClassLesson(lesson.id, lesson.group_id, day, lesson.period))
            and (lesson.period, student.year) not in closed
        ]
        for lesson in lessons_on(day)
    }


def closed_periods(day: date, years: set[int]) -> set[tuple[str, int]]:
    """The periods of a day that fall to a closure, for each year."""
    bells, closures = load_bells(), load_calendar().partly
    there = [(bell, year) for year in years for bell in bells_on(bells, day, year)]
    return {(bell.name, year) for bell, year in there if is_closed(closures, bells, day, year, bell)}
