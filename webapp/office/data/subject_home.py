"""What a student's other records of the school's say in the answer about them: contacts and attendance."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select

from webapp.domain.attendance.codes import code_on
from webapp.domain.attendance.tally import SESSIONS
from webapp.models import Attendance, Student, db
from webapp.office.students.contact_pages import contacts_of

Free = Callable[[str], str]


def _contacts(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    said = {True: "yes", False: "no", None: "not known"}
    for one in contacts_of(student):
        reach = (one.phone, one.email, one.language, "do not contact" if one.do_not_contact else "")
        yield one.place, one.name, free(one.relationship or ""), said[one.responsibility], *reach


def _court_orders(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    for one in contacts_of(student):
        if one.note:
            yield one.name, free(one.note)


def _attendance(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    query = select(Attendance).where(Attendance.student_id == student.id)
    for one in db.session.scalars(query.order_by(Attendance.day, Attendance.session)):
        code = code_on(one.code, one.day)
        yield one.day, SESSIONS[one.session], one.code, code.words if code else "", one.minutes


PARTS: Final = (
    (
        "contacts",
        "Parents and carers",
        ("Order", "Name", "Relationship", "Parental responsibility", "Telephone", "E-mail", "Language", "Contact"),
        _contacts,
    ),
    ("court-orders", "Court orders about contact", ("About", "Note"), _court_orders),
    ("attendance", "Attendance", ("Date", "Session", "Code", "Meaning", "Minutes late"), _attendance),
)
SHOWN_ON: Final[dict[str, tuple[str, ...]]] = {
    "contacts": ("students.show_student",),
    "court-orders": ("contacts.list_orders",),
    "attendance": ("attendance.list_attendance",),
}
