"""Rows that each follow from operations of their own: made and changed by them, compared with what the log says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import select

from webapp.domain.refusal import Refusal
from webapp.models import db
from webapp.sync.entry import Entry
from webapp.sync.operations.ids import operation as operation_id
from webapp.sync.sequence import Sequence as Numbers


class Projected(Protocol):
    """A row that tablets hold, with the id of the operation that made it."""

    id: str
    rev: int

    def __init__(self, **values: Any) -> None: ...


Row = TypeVar("Row", bound=Projected)
Found = TypeVar("Found")


def take(entries: Sequence[Entry], change: Callable[[Entry], Row | Refusal | None], numbers: Numbers) -> list[Row]:
    """Store the row that each entry makes or changes, or why it is refused; the rows stored.

    `change` answers None for an entry that says nothing new.
    """
    rows = []
    for entry in entries:
        changed = change(entry)
        if isinstance(changed, Refusal):
            entry.refusal = changed
        elif changed is not None:
            changed.rev = numbers.next()
            db.session.add(changed)
            db.session.flush()  # the next entry may speak of it
            rows.append(changed)
    return rows


def find(model: type[Found], name: object) -> Found | None:
    """The row that bears an operation's id such as "d1.a3.17", if there is one."""
    known = operation_id(name)
    return db.session.get(model, known) if known else None


def put_right(model: type[Row], wanted: Mapping[str, dict[str, Any]], numbers: Numbers) -> int:
    """Bring a table in line with the values wanted, by id; how many of its rows were wrong."""
    standing = {row.id: row for row in db.session.scalars(select(model))}
    wrong = [values for key, values in wanted.items() if _differs(standing.get(key), values)]
    strays = standing.keys() - wanted.keys()
    for values in wrong:
        db.session.merge(model(**values, rev=numbers.next()))
    for key in strays:
        db.session.delete(standing[key])
    db.session.flush()
    return len(wrong) + len(strays)


def _differs(row: object, values: Mapping[str, Any]) -> bool:
    return row is None or any(getattr(row, name) != value for name, value in values.items())
