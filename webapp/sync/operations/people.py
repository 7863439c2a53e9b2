"""People as operations name them."""

from collections.abc import Collection

from sqlalchemy import select

from webapp.access import LEADER_ROLES
from webapp.domain.refusal import Refusal
from webapp.domain.text import clean
from webapp.models import Staff, Student, db
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
    return _role_of(value) is not None


def judge_role(by: str, roles: Collection[str], detail: str) -> Refusal | None:
    """Whether a person in one of these roles did it; the protocol is open to any client, so a page is no guard."""
    return None if _role_of(by) in roles else Refusal("not-allowed", detail)


def judge_undoing(by: str, author: str, detail: str) -> Refusal | None:
    """Whether it was done by whoever did what it undoes, or by a leader."""
    return None if by == author else judge_role(by, LEADER_ROLES, detail)


def _role_of(value: object) -> str | None:
    # Some databases cannot even be asked for a text with a control character in it.
    if not isinstance(value, str) or value != clean(value):
        return None
    return db.session.scalar(select(Staff.role).where(Staff.id == value))
