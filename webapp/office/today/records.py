"""Stays that nobody ended, and the records of those that the student was not free to leave (decision D9)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from webapp.domain.text.words import clock_words, day_words
from webapp.domain.time.calendar import Span
from webapp.models import Restraint, Stay, Student, db
from webapp.office.parts.people import who
from webapp.office.parts.times import recorded_words, unsure_among
from webapp.school.clock import local_date, local_moment
from webapp.school.school import school_pack


def left_open(now: datetime) -> Select[Stay]:
    """Asks for the stays with no end although their day is over, oldest first."""
    return select(Stay).where(Stay.left.is_(None), Stay.ends <= now).order_by(Stay.entered, Stay.id)


def open_row(stay: Stay) -> dict[str, Any]:
    """A stay with no end."""
    return {
        "address": f"/stay/{stay.id}",
        "student": db.session.get_one(Student, stay.student).name,
        "space": _space(stay),
        "since": f"{day_words(stay.day)}, {clock_words(stay.entered)}",
        "adult": _adult(stay),
    }


def records(today: date, span: Span) -> dict[str, list[dict[str, Any]]]:
    """The records due, oldest first, and those completed in a span, latest first."""
    begins = local_moment(span.start)
    query = (
        select(Restraint, Stay, Student)
        .join(Stay, Stay.id == Restraint.id)
        .join(Student, Student.id == Restraint.student)
    )
    due = query.where(Restraint.completed_at.is_(None)).order_by(Restraint.due, Restraint.opened, Restraint.id)
    completed = query.where(Restraint.completed_at >= begins).order_by(Restraint.completed_at.desc(), Restraint.id)
    return {
        "due": [_record(*row, today) for row in db.session.execute(due)],
        "completed": [_record(*row, today) for row in db.session.execute(completed)],
    }


def clock_of(due: date, today: date) -> str:
    """How a due day stands to today: "due today", "overdue since Mon 2 March"."""
    if due < today:
        return f"overdue since {day_words(due)}"
    return "due today" if due == today else f"due {day_words(due)}"


def _record(record: Restraint, stay: Stay, student: Student, today: date) -> dict[str, Any]:
    return {
        "id": record.id,
        "student": student.name,
        "space": _space(stay),
        "times": _times(stay),
        "adult": _adult(stay),
        "clock": clock_of(record.due, today),
        "overdue": record.due < today,
        "opened_by": who(record.opened_by),
        "completed": record.completed_at and _completed(record.completed_at, record.completed_by or ""),
    }


def _completed(at: datetime, by: str) -> str:
    return f"Completed by {who(by)}, {day_words(local_date(at))}"


def _times(stay: Stay) -> str:
    """When somebody entered and left: "Tue 3 March, 10:05 to 10:25"."""
    entered = recorded_words(stay.entered, stay.id in unsure_among([stay.id]))
    return f"{entered} to {clock_words(stay.left)}" if stay.left else f"{entered}, not ended"


def _space(stay: Stay) -> str:
    space = school_pack().calls.space(stay.space)
    return space.name if space else stay.space


def _adult(stay: Stay) -> str:
    return who(stay.staff) if stay.staff else "nobody named"
