"""People as operations name them."""

from collections.abc import Collection

from sqlalchemy import select

from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean
from webapp.models import Staff, Student, db
from webapp.sync.log.entry import Entry
from webapp.sync.operations.ids import number


def known_students(values: Collection[object]) -> list[str]:
    """The ids of students among these values. A list: anything can be looked for in it, also what has no hash."""
    numbers = {number(value) for value in values} - {None}
    return [str(known) for known in db.session.scalars(select(Student.id).where(Student.id.in_(numbers)))]


def find_student(value: object) -> Student | None:
    """The student of this id, if there is one."""
    known = number(value)
    return db.session.get(Student, known) if known else None


def is_staff(value: object) -> bool:
    """Whether this is the id of a member of staff."""
    # Some databases cannot even be asked for a text with a control character in it.
    if not isinstance(value, str) or value != clean(value):
        return False
    return db.session.get(Staff, value) is not None


def judge_own(entry: Entry, author: str, detail: str) -> Refusal | None:
    """Whether it was done by whoever did what it undoes, where the author's role gives no more
    (`domain/access/rights.py`)."""
    return Refusal("not-allowed", detail) if entry.only_own and entry.by != author else None
