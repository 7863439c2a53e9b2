"""What the demo school's other systems say of its students: parents and carers of some, and the register."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import insert, select

from webapp.domain.attendance.codes import UNMARKED
from webapp.domain.attendance.tally import AFTERNOON, MORNING
from webapp.domain.marks.marks import AUTHORISED
from webapp.models import Attendance, Lesson, Score, Student, db
from webapp.school import clock
from webapp.school.calendar import load_calendar
from webapp.sync.log.revisions import writing

SEED = 50_001
HALF_TERMS = 2
LATE, TOO_LATE, LATENESS = 0.02, 0.004, (3, 25)  # of mornings; in minutes
NOT_YET = 0.01  # of mornings without a mark
AWAY = "IIIMMCO"  # why somebody was away, as often as that

HEADINGS = ("UPN", "Order", "Surname", "Forename", "Relationship", "Responsibility", "Phone", "Language", "Contact")

# Place among the students, surname, forename, relationship, responsibility, language, contact.
CONTACTS = (
    (1, "Abara", "Ngozi", "Mother", "yes", "Igbo", ""),
    (1, "Abara", "Emeka", "Father", "yes", "English", ""),
    (2, "Ó Ceallaigh", "Aoife", "Mother", "yes", "English", ""),
    (3, "Wójtowicz", "Ewa", "Grandmother", "no", "Polish", ""),
    (3, "Wójtowicz", "Piotr", "Father", "yes", "Polish", "Do not contact: court order, see the safeguarding file"),
    (13, "Fashola", "Bisi", "Foster carer", "no", "English", ""),
    (13, "Lambe", "Kathryn", "Social worker", "no", "English", ""),
    (25, "Eze", "Chioma", "Mother", "yes", "English", ""),
    (25, "Eze", "Uche", "Father", "yes", "English", "Court order: supervised contact only"),
    (73, "Okafor-Lynch", "Maeve", "Mother", "yes", "English", ""),
    (74, "Brannigan", "Colm", "Father", "yes", "Irish", ""),
    (85, "Adewale", "Folake", "Mother", "yes", "Yoruba", ""),
)


def contact_lines() -> Iterator[tuple[object, ...]]:
    """A line of the file for each contact. The numbers are set aside for stories."""
    orders = dict[int, int]()
    for number, (student, *name, responsibility, language, contact) in enumerate(CONTACTS):
        orders[student] = orders.get(student, 0) + 1
        phone = f"07700 900{number:03}"
        yield f"D{student:012}", orders[student], *name, responsibility, phone, language, contact


def record_register() -> None:
    """This half term and the one before, until yesterday."""
    calendar, today = load_calendar(), clock.today()
    begun = [span for span in calendar.half_terms if span.start <= today]
    days = [day for day in calendar.school_days(begun[-HALF_TERMS:][0].start, today) if day < today]
    students = db.session.scalars(select(Student.id).order_by(Student.id)).all()
    away, random = _away(days[0]), Random(SEED)
    rows = [row for day in days for one in students for row in _day(random, one, day, (one, day) in away)]
    with writing():
        db.session.execute(insert(Attendance), rows)


def _away(first: date) -> set[tuple[int, date]]:
    """Who had leave by the marks, and when."""
    query = select(Score.student_id, Lesson.day).join(Lesson, Lesson.id == Score.lesson_id)
    leave = query.where(Score.mark == AUTHORISED, Lesson.day >= first)
    return {(student, day) for student, day in db.session.execute(leave)}


def _day(random: Random, student: int, day: date, is_away: bool) -> Iterator[dict[str, Any]]:
    """Both sessions of a student's day."""
    reason, morning, afternoon = random.choice(AWAY), _morning(random), ("\\", None)
    for session, marked in ((MORNING, morning), (AFTERNOON, afternoon)):
        code, minutes = (reason, None) if is_away else marked
        yield {"student_id": student, "day": day, "session": session, "code": code, "minutes": minutes}


def _morning(random: Random) -> tuple[str, int | None]:
    """The code of a morning, and how many minutes late."""
    chance = random.random()
    if chance < LATE:
        return ("U" if chance < TOO_LATE else "L"), random.randint(*LATENESS)
    return (UNMARKED if chance < LATE + NOT_YET else "/"), None
