"""Rewards that staff have limited, as the desk and the leaders see them (decision D5)."""

from datetime import date
from typing import Any

from sqlalchemy import or_, select

from webapp.domain.marks.levels import NO_LEVEL
from webapp.domain.text.words import day_words
from webapp.models import Cap, Student, db
from webapp.office.parts.people import who
from webapp.policies import Pack
from webapp.school.clock import local_date
from webapp.school.school import school_pack


def page(today: date) -> dict[str, Any]:
    """The limits that hold or will, the oldest first, and those that are over."""
    query = select(Cap, Student).join(Student, Student.id == Cap.student_id).order_by(Cap.start, Cap.at, Cap.id)
    standing = Cap.lifted.is_(None), or_(Cap.until.is_(None), Cap.until >= today)
    pack = school_pack()
    over = query.where(or_(Cap.lifted.is_not(None), Cap.until < today))
    return {
        "standing": [_row(cap, student, pack) for cap, student in db.session.execute(query.where(*standing))],
        "over": [_row(cap, student, pack) for cap, student in db.session.execute(over)],
    }


def _row(cap: Cap, student: Student, pack: Pack) -> dict[str, Any]:
    return {
        "id": cap.id,
        "student": student.name,
        "address": f"/student/{student.id}",
        "limit": "No rewards" if cap.cap == NO_LEVEL else f"{pack.level_name(cap.cap)} at most",
        "days": _days(cap),
        "reason": cap.reason,
        "set": f"{who(cap.by)}, {day_words(local_date(cap.at))}",
        "lifted": cap.lifted and f"{who(cap.lifted_by or '')}, {day_words(cap.lifted)}",
    }


def _days(cap: Cap) -> str:
    until = f"until {day_words(cap.until)}" if cap.until else "until somebody lifts it"
    return f"from {day_words(cap.start)} {until}"
