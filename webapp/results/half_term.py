"""A half term so far: which one it is, who earns levels in it, and the marks given."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from webapp.domain.marks.mean import Mean, mean_of
from webapp.domain.time.calendar import Span, parse_day, week_of
from webapp.models import Student, db
from webapp.results.levels import Week, Weeks, load_marks
from webapp.school.calendar import load_calendar
from webapp.school.school import school_pack


def latest(day: date) -> Span | None:
    """The half term of a day; in the holidays the one before."""
    begun = (span for span in load_calendar().half_terms if span.start <= day)
    return max(begun, key=lambda span: span.start, default=None)


def beginning_on(first: object) -> Span | None:
    """The half term whose first day a text such as "2026-02-23" names, if there is one."""
    day = parse_day(first)
    return next((span for span in load_calendar().half_terms if span.start == day), None)


def earning_levels(day: date) -> list[Student]:
    """The students on roll on a day, without the key stages that have pathways instead of levels (policy 4.1)."""
    pathway = school_pack().rewards.pathway.key_stages
    students = db.session.scalars(select(Student).order_by(Student.id))
    return [student for student in students if student.on_roll(day, day) and student.key_stage not in pathway]


def marks_in(half_term: Span, until: date) -> Weeks:
    """The marks that stand for lessons of a half term, up to a day, by student and week."""
    first, last = half_term.start, min(until, half_term.end)
    weeks = {week_of(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    return {
        student: {week: _within(held, first.isoformat(), last.isoformat()) for week, held in by_week.items()}
        for student, by_week in load_marks(weeks).items()
    }


def _within(week: Week, first: str, last: str) -> Week:
    return Week([mark for mark in week.marks if first <= mark[0] <= last])


def mean_so_far(weeks: Mapping[str, Week]) -> Mean:
    """The exact mean of all marks in these weeks."""
    return mean_of(mark for week in weeks.values() for _, _, mark in week.marks)
