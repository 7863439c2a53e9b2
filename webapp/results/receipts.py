"""The receipt of a level: every mark, what counted and why, and what changed after the week was over."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from webapp.domain.marks.levels import LevelRule, WeekLevel
from webapp.domain.marks.marks import Mark, counts, from_text, why_not_counted
from webapp.domain.marks.winner import Claim, decide
from webapp.domain.time.calendar import monday_of, sunday_of
from webapp.models import Cap, Lesson, Operation, Score, Student, db
from webapp.models.device import IMPORT
from webapp.models.operation import APPLIED
from webapp.results.levels import level_in, load_frame
from webapp.school.classes import ClassLesson, load_classes, may_be_of
from webapp.school.clock import day_end


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
    """A mark that became another after the deciding week was over; `by` is a member of staff's id."""

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
    level, frame = level_in(week, student.id), load_frame()
    return Receipt(
        student,
        level,
        frame.packs.in_week(week).scale.rules,
        _lines(student, level.from_week) if level.from_week else [],
        _changes(student, frame.calendar.weeks_before(week, frame.look_back)),
        _caps(student, week),
    )


def _lines(student: Student, week: str) -> list[Line]:
    """Every lesson of the week that was the student's: those in which they were expected, and any with a mark."""
    mark = select(Score.mark).where(Score.student_id == student.id, Score.lesson_id == Lesson.id)
    query = (
        select(Lesson.id, Lesson.group_id, Lesson.day, Lesson.period, Lesson.subject, mark.scalar_subquery())
        .where(Lesson.week == week, ~Lesson.gone)
        .where(may_be_of(student.id) | mark.exists())
        .order_by(Lesson.starts, Lesson.id)
    )
    lines, classes = [], load_classes([student.id])
    for *place, subject, text in db.session.execute(query):
        _, _, day, period = lesson = ClassLesson(*place)
        if text is None and not classes.expect(student, lesson):
            continue
        given = from_text(text)
        lines.append(Line(day, period, subject, given, "" if counts(given) else why_not_counted(given)))
    return lines


def _changes(student: Student, weeks: Collection[str]) -> list[Change]:
    """What came of marks that reached the school after their week was over (D4), also late from a tablet. All weeks
    that could decide are looked at: the one that did may have lost its marks."""
    lessons = {f"score:{student.id}.{lesson.id}": lesson for lesson in _lessons(weeks)}
    query = select(Operation).where(Operation.subject.in_(lessons), Operation.status == APPLIED)
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    changes = []
    for found in db.session.scalars(query.order_by(Operation.seq)):
        subject = found.subject or ""
        was, mark = _mark_of(claims[subject]), _mark_of([*claims[subject], _claim(found)])
        # A history brought in from elsewhere is what the school knew; only what came on top of it is a change.
        brought_in = found.device_id == IMPORT and not claims[subject]
        claims[subject].append(_claim(found))
        lesson = lessons[subject]
        if mark != was and found.received >= day_end(sunday_of(lesson.week)) and not brought_in:
            changes.append(Change(found.received, found.by, lesson.day, lesson.period, mark))
    return changes


def _mark_of(claims: Sequence[Claim]) -> Mark:
    """The mark that stood once these were known."""
    return decide(claims).winner.mark if claims else None


def _claim(row: Operation) -> Claim:
    mark = json.loads(row.body)["mark"]
    return Claim(row.id, row.seq, row.device_id, row.incarnation, row.n, row.by, mark, row.at, row.base, row.replaces)


def _lessons(weeks: Collection[str]) -> list[Lesson]:
    return list(db.session.scalars(select(Lesson).where(Lesson.week.in_(weeks))))


def _caps(student: Student, week: str) -> list[Cap]:
    """The caps that begin before the week is over and do not end before it begins, lifted or not."""
    query = select(Cap).where(Cap.student_id == student.id, Cap.start <= sunday_of(week))
    query = query.where(Cap.until.is_(None) | (Cap.until >= monday_of(week)))
    return list(db.session.scalars(query.order_by(Cap.start)))
