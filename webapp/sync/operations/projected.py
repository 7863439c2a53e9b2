"""Rows that each follow from operations of their own: made and changed by them, compared with what the log says."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect, select

from webapp.domain.refusal import Refusal
from webapp.models import Base, db
from webapp.models.base import Replicated
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import operation as operation_id

Row = TypeVar("Row", bound=Base)
Found = TypeVar("Found")


def take(entries: Sequence[Entry], change: Callable[[Entry], Row | Refusal | None], revs: RevCounter) -> list[Row]:
    """Store the row that each entry makes or changes, or why it is refused; the rows stored.

    `change` answers None for an entry that says nothing new.
    """
    rows = []
    for entry in entries:
        changed = change(entry)
        if isinstance(changed, Refusal):
            entry.refusal = changed
        elif changed is not None:
            store([changed], revs)
            rows.append(changed)
    return rows


def store(rows: Sequence[Base], revs: RevCounter) -> None:
    """Store rows that were made or changed. Those that tablets hold get new revs."""
    for row in rows:
        if isinstance(row, Replicated):
            row.rev = revs.next()
        db.session.add(row)
        db.session.flush()  # the next entry may speak of it


def find(model: type[Found], name: object) -> Found | None:
    """The row that bears an operation's id such as "d1.a3.17", if there is one."""
    known = operation_id(name)
    return db.session.get(model, known) if known else None


def put_right(model: type[Base], wanted: Mapping[Any, dict[str, Any]], revs: RevCounter) -> int:
    """Bring a table in line with the values wanted, by primary key (a tuple if it has several columns); how many of
    its rows were wrong."""
    return write_wrong(model, wanted, revs) + drop_strays(model, wanted)


def write_wrong(model: type[Base], wanted: Mapping[Any, dict[str, Any]], revs: RevCounter) -> int:
    """Write the rows that are missing or say anything else; how many."""
    standing = _standing(model)
    wrong = [values for key, values in wanted.items() if _differs(standing.get(key), values)]
    for values in wrong:
        fresh = {"rev": revs.next()} if issubclass(model, Replicated) else {}
        db.session.merge(model(**values, **fresh))
    db.session.flush()
    return len(wrong)


def drop_strays(model: type[Base], wanted: Mapping[Any, dict[str, Any]]) -> int:
    """Delete the rows that nothing in the log makes; how many."""
    strays = [row for key, row in _standing(model).items() if key not in wanted]
    for row in strays:
        db.session.delete(row)
    db.session.flush()
    return len(strays)


def _standing(model: type[Base]) -> dict[Hashable, Base]:
    key = inspect(model).primary_key_from_instance
    rows = ((tuple(key(row)), row) for row in db.session.scalars(select(model)))
    return {name if len(name) > 1 else name[0]: row for name, row in rows}


def _differs(row: object, values: Mapping[str, Any]) -> bool:
    return row is None or any(getattr(row, name) != value for name, value in values.items())
