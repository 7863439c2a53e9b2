"""Parents and carers, in the order in which they are rung."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from webapp.domain.footprint import Snapshot
from webapp.domain.text.text import LONGEST_EMAIL, clean, email_of
from webapp.imports.kinds.matching import students_by_upn
from webapp.imports.kinds.values import A_NAME, LONGEST_UPN, SHORT, read_text, read_upn
from webapp.imports.plan import Plan, at_once, carry_out, no_lessons, nothing_follows
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Contact, Student, db

KEY = "contacts"
MOST = 50_000  # lines
IS_DATED = False
LONGEST_NOTE = 1_000
LAST = 99

_PHONE = re.compile(r"\+?[0-9 ()./-]{3,30}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?", re.ASCII | re.IGNORECASE)
_YES = ("yes", "y", "true", "1")
_NO = ("no", "n", "false", "0")
_MAY = (*_YES, "contact", "may contact", "ok", "allowed")
_DO_NOT = re.compile(r"\b(?:do not|don['’]?t|must not|may not|no) contact\b", re.IGNORECASE)
_DO_NOT_FIRST = re.compile(r"(?:do not|don['’]?t|no) contact\b[\s:;,.–—-]*|no(?:$|[\s]*[:;,–—-]\s*)", re.IGNORECASE)


def read_order(text: str) -> int | None:
    plain = clean(text)
    return int(plain) if re.fullmatch("[0-9]{1,2}", plain, re.ASCII) and 0 < int(plain) <= LAST else None


def read_yes_no(text: str) -> bool | None:
    word = clean(text).casefold()
    return word in _YES if word in (*_YES, *_NO) else None


def read_phone(text: str) -> str | None:
    """A telephone number as it was written; with at least three digits."""
    plain = clean(text)
    return plain if _PHONE.fullmatch(plain) and sum(map(str.isdecimal, plain)) >= 3 else None


def read_contact(text: str) -> tuple[bool, str | None]:
    """Whether nobody may contact the person, and the note on a court order beside it."""
    plain = clean(text)
    if plain.casefold() in _MAY:
        return False, None
    note = _DO_NOT_FIRST.sub("", plain, count=1).strip() if _DO_NOT_FIRST.match(plain) else plain
    return note != plain or _DO_NOT.search(plain) is not None, note or None


COLUMNS: tuple[Column, ...] = (
    Column("upn", read_upn, "a UPN: up to 20 characters without spaces", LONGEST_UPN),
    Column("order", read_order, f"a whole number from 1 to {LAST}", SHORT, optional=True),
    Column("contact_surname", read_text, "a surname", A_NAME),
    Column("contact_forename", read_text, "a forename", A_NAME, optional=True),
    Column("relationship", read_text, "a relationship such as Mother", A_NAME, optional=True),
    Column("responsibility", read_yes_no, "yes or no", SHORT, optional=True),
    Column("phone", read_phone, "a telephone number such as 07700 900123", SHORT, optional=True),
    Column("email", email_of, "an e-mail address", LONGEST_EMAIL, optional=True),
    Column("language", read_text, "a language", A_NAME, optional=True),
    Column("contact", read_contact, "“do not contact”, a court order, or nothing", LONGEST_NOTE, optional=True),
)
_HELD = {"contact_surname": "surname", "contact_forename": "forename"}
_AS_THEY_ARE = ("relationship", "responsibility", "phone", "email", "language")

portions, write = at_once, carry_out
follow, lessons = nothing_follows, no_lessons


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:  # noqa: ARG001
    known, first = students_by_upn(), dict[Any, int]()
    for record in records:
        student = known.get(record["upn"])
        if student is None or student.is_former:
            yield record.problem("upn", "the UPN of a student of the school")
            continue
        line = first.setdefault((student.id, *_named(record)), record.line)
        if line != record.line:
            yield record.problem("contact_surname", f"each contact of a student once; line {line} has them already")


def look(records: Sequence[Record]) -> Snapshot:
    return snapshot(Contact, where=_concerned(students_by_upn(), records))


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:  # noqa: ARG001
    """The lines are all the contacts of the students they name; contacts of others stay, and so does what a missing
    column would have said."""
    plan, known = Plan(), students_by_upn()
    left: dict[int, list[Contact]] = defaultdict(list)
    for contact in db.session.scalars(select(Contact).where(_concerned(known, records)).order_by(Contact.id)):
        left[contact.student_id].append(contact)
    places: dict[int, int] = defaultdict(int)
    for record in track(sorted(records, key=_rank), "Contacts"):
        student = known[record["upn"]].id
        places[student] += 1
        there = _meant(record, left[student])
        if there:
            left[student].remove(there)
        values = {"student_id": student, "place": places[student], **_values(record)}
        plan.merge(Contact, there, values if there else {**_UNKNOWN, **values})
    plan.remove([contact for student in left for contact in left[student]])
    return plan


_UNKNOWN: Mapping[str, Any] = {
    **dict.fromkeys(("forename", *_AS_THEY_ARE, "note")),
    "do_not_contact": False,
}
"""What is held of somebody new of whom a file does not say it."""


def _rank(record: Record) -> tuple[int, int]:
    """Who comes first; who has no number after those who have, in the order of the file."""
    return record.values.get("order") or LAST + 1, record.line


def _values(record: Record) -> dict[str, Any]:
    said = record.values
    values = {held: said[key] for key, held in _HELD.items() if key in said}
    values |= {key: said[key] for key in _AS_THEY_ARE if key in said}
    if "contact" in said:
        values["do_not_contact"], values["note"] = said["contact"] or (False, None)
    return values


def _named(record: Record) -> tuple[str, ...]:
    parts = (record.values.get(key) for key in ("contact_surname", "contact_forename", "relationship"))
    return tuple((part or "").casefold() for part in parts)


def _meant(record: Record, there: Collection[Contact]) -> Contact | None:
    """The contact a line speaks of: of that name, and where there are several, of that relationship."""
    *names, relationship = _named(record)
    same = [one for one in there if [one.surname.casefold(), (one.forename or "").casefold()] == names]
    return min(same, key=lambda one: (one.relationship or "").casefold() != relationship, default=None)


def _concerned(known: Mapping[str, Student], records: Sequence[Record]) -> ColumnElement[bool]:
    """That a contact is of a student of the file."""
    return Contact.student_id.in_({known[upn].id for record in records if (upn := record["upn"]) in known})
