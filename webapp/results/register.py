"""Attendance by student, counted from the register that the school brings in."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from webapp.domain.attendance.tally import Session, Tally, tally
from webapp.domain.time.calendar import Span
from webapp.models import Attendance, db

NONE = Tally()


def tallies(span: Span, students: Collection[int]) -> dict[int, Tally]:
    """What each of these students has in the register of these days; who is not in it is left out."""
    return {student: tally(held) for student, held in sessions_of(students, span.start, span.end).items()}


def sessions_of(students: Collection[int], first: date, last: date) -> dict[int, list[Session]]:
    """The register of these students from a first to a last day."""
    query = select(Attendance.student_id, Attendance.day, Attendance.code, Attendance.minutes)
    query = query.where(Attendance.day.between(first, last), Attendance.student_id.in_(students))
    found = defaultdict[int, list[Session]](list)
    for student, day, code, minutes in db.session.execute(query):
        found[student].append(Session(day, code, minutes))
    return found


def by_half_term(student: int, spans: Collection[Span]) -> list[tuple[Span, Tally]]:
    """A student's half terms of which there is a register, in order."""
    found = db.session.execute(
        select(Attendance.day, Attendance.code, Attendance.minutes).where(Attendance.student_id == student)
    )
    sessions = [Session(*row) for row in found]
    counted = [(span, tally(one for one in sessions if span.holds(one.day))) for span in spans]
    return [(span, counts) for span, counts in counted if counts.possible]
