"""The receipt of a level: every mark, what counted and why, and what changed after the week was over."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from webapp.clock import SCHOOL_ZONE
from webapp.domain.calendar import monday_of, sunday_of
from webapp.domain.levels import LevelRule, WeekLevel
from webapp.domain.marks import Mark, counts, from_text, why_not_counted
from webapp.levels import level_in
from webapp.models import Cap, Lesson, Operation, Score, Student, db
from webapp.models.device import IMPORT
from webapp.models.operation import APPLIED
from webapp.school import school_pack


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson of the deciding week. `why_not` is empty for a mark that counted."""

    day: date
    period: str
    subject: str
    mark: Mark
    why_not: str


@dataclass(frozen=True, slots=True)
class Change:
    """A mark that reached the school after the deciding week was over; `by` is a member of staff's id."""

    at: datetime
    by: str
    day: date
    period: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Receipt:
    """Why a student has a level in a week (policy 4.1; decisions D1 to D5)."""

    student: Student
    level: WeekLevel
    rules: tuple[LevelRule, ...]
    lines: list[Line]
    changes: list[Change]
    caps: list[Cap]


def receipt(student: Student, week: str) -> Receipt:
    """The receipt of one student's level in one ISO week."""
    level = level_in(week, student.id)
    return Receipt(
        student,
        level,
        school_pack().scale.rules,
        _lines(student, level.from_week) if level.from_week else [],
        _changes(student, level.from_week) if level.from_week else [],
        _caps(student, week),
    )


def _lines(student: Student, week: str) -> list[Line]:
    """Every lesson of the week that was the student's: those of the group, and any with a mark."""
    mark = select(Score.mark).where(Score.student_id == student.id, Score.lesson_id == Lesson.id)
    query = (
        select(Lesson.day, Lesson.period, Lesson.subject, mark.scalar_subquery())
        .where(Lesson.week == week, ~Lesson.gone)
        .where((Lesson.group_id == student.group_id) | mark.exists())
        .order_by(Lesson.starts)
    )
    lines = []
    for day, period, subject, text in db.session.execute(query):
        given = from_text(text)
        lines.append(Line(day, period, subject, given, "" if counts(given) else why_not_counted(given)))
    return lines


def _changes(student: Student, week: str) -> list[Change]:
    """Marks for the week's lessons that reached the school after its last day (D4)."""
    lessons = {f"score:{student.id}.{lesson.id}": lesson for lesson in _lessons(week)}
    query = select(Operation).where(Operation.subject.in_(lessons), Operation.status == APPLIED)
    seen: set[str | None] = set()
    changes = []
    for found in db.session.scalars(query.order_by(Operation.seq)):
        # A history brought in from elsewhere is what the school knew; only what came on top of it is a change.
        brought_in = found.device_id == IMPORT and found.subject not in seen
        seen.add(found.subject)
        if found.received >= _end_of(week) and not brought_in:
            lesson = lessons[found.subject or ""]
            mark = json.loads(found.body)["mark"]
            changes.append(Change(found.received, found.by, lesson.day, lesson.period, mark))
    return changes


def _lessons(week: str) -> list[Lesson]:
    return list(db.session.scalars(select(Lesson).where(Lesson.week == week)))


def _end_of(week: str) -> datetime:
    """The first moment after a week, in the school's time."""
    return datetime.combine(sunday_of(week) + timedelta(days=1), time(), SCHOOL_ZONE).astimezone(UTC)


def _caps(student: Student, week: str) -> list[Cap]:
    """The caps that begin before the week is over and do not end before it begins, lifted or not."""
    query = select(Cap).where(Cap.student_id == student.id, Cap.start <= sunday_of(week))
    query = query.where(Cap.until.is_(None) | (Cap.until >= monday_of(week)))
    return list(db.session.scalars(query.order_by(Cap.start)))
