"""Attendance by student, counted from the register that the school brings in."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from webapp.domain.attendance.tally import Session, Tally, tally
from webapp.domain.time.calendar import Span
from webapp.models import Attendance, db

NONE = Tally()


def tallies(span: Span, students: Collection[int]) -> dict[int, Tally]:
    """What each of these students has in the register of these days; who is not in it is left out."""
    query = select(Attendance.student_id, Attendance.day, Attendance.code, Attendance.minutes)
    query = query.where(Attendance.day.between(span.start, span.end))
    wanted, sessions = set(students), defaultdict[int, list[Session]](list)
    for student, day, code, minutes in db.session.execute(query):
        if student in wanted:
            sessions[student].append(Session(day, code, minutes))
    return {student: tally(found) for student, found in sessions.items()}


def by_half_term(student: int, spans: Collection[Span]) -> list[tuple[Span, Tally]]:
    """A student's half terms of which there is a register, in order."""
    found = db.session.execute(
        select(Attendance.day, Attendance.code, Attendance.minutes).where(Attendance.student_id == student)
    )
    sessions = [Session(*row) for row in found]
    counted = [(span, tally(one for one in sessions if span.holds(one.day))) for span in spans]
    return [(span, counts) for span, counts in counted if counts.possible]
