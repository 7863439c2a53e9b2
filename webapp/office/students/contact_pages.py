"""Parents and carers, as the desk shows them; and what courts have ordered, to those who safeguard."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from webapp.models import Contact, Student, db
from webapp.office.parts.people import student_names

RESPONSIBILITY = {True: "parental responsibility", False: "no parental responsibility", None: ""}


def contacts_of(student: Student) -> Sequence[Contact]:
    """A student's contacts, in the order in which they are rung."""
    query = select(Contact).where(Contact.student_id == student.id)
    return db.session.scalars(query.order_by(Contact.place, Contact.id)).all()


def rows(student: Student, sees_notes: bool) -> list[dict[str, Any]]:
    return [_row(contact, sees_notes) for contact in contacts_of(student)]


def page() -> dict[str, Any]:
    """Whoever may not be contacted, or of whom there is a note, by student."""
    names = student_names()
    query = select(Contact).where(Contact.do_not_contact | Contact.note.is_not(None))
    found = sorted(db.session.scalars(query), key=lambda one: (names[one.student_id], one.student_id, one.place))
    return {"contacts": [_row(one, sees_notes=True) | {"student": names[one.student_id]} for one in found]}


def _row(contact: Contact, sees_notes: bool) -> dict[str, Any]:
    """Of somebody who must not be contacted, or not before safeguarding was asked, there is nothing to tap."""
    about = (contact.relationship, RESPONSIBILITY[contact.responsibility], contact.language)
    is_asked = bool(contact.note) and not contact.do_not_contact and not sees_notes
    return {
        "name": contact.name,
        "about": " · ".join(filter(None, about)),
        "phone": contact.phone,
        "dialled": "".join(sign for sign in contact.phone or "" if sign in "+0123456789"),
        "email": contact.email,
        "may_tap": not contact.do_not_contact and not is_asked,
        "do_not_contact": contact.do_not_contact,
        "is_asked": is_asked,
        "note": contact.note if sees_notes else None,
    }
