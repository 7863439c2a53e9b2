"""People as operations name them."""

from collections.abc import Collection

from sqlalchemy import select

from webapp.domain.refusal import Refusal
from webapp.domain.text import clean
from webapp.models import Staff, Student, db
from webapp.sync.operations.ids import number


def known_students(values: Collection[object]) -> list[str]:
    """The ids of students among these values. A list: anything can be looked for in it, also what has no hash."""
    numbers = {number(value) for value in values} - {None}
    return [str(known) for known in db.session.scalars(select(Student.id).where(Student.id.in_(numbers)))]


def is_staff(value: object) -> bool:
    """Whether this is the id of a member of staff."""
    return _role_of(value) is not None


def judge_role(by: str, roles: Collection[str], detail: str) -> Refusal | None:
    """Whether a person in one of these roles did it; the protocol is open to any client, so a page is no guard."""
    return None if _role_of(by) in roles else Refusal("not-allowed", detail)


def _role_of(value: object) -> str | None:
    # Some databases cannot even be asked for a text with a control character in it.
    if not isinstance(value, str) or value != clean(value):
        return None
    return db.session.scalar(select(Staff.role).where(Staff.id == value))
