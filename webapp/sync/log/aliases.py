"""Under which ids the log names students: two records of one person may have become one since it was written."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select

from webapp.domain.operations import KINDS
from webapp.domain.operations.kind import Holds
from webapp.models import Merge, db

Aliases = Mapping[str, str]
"""Ids of students that are no more, each with the one that stands for it."""


def aliases() -> Aliases:
    """Few or none."""
    return resolved(db.session.execute(MERGES).all())


MERGES: Final = select(Merge.gone, Merge.kept).where(Merge.undone_at.is_(None))


def resolved(merges: Iterable[Any]) -> Aliases:
    """Whoever stands in the end: a record that was merged into another may have been merged on with that one."""
    found = {str(gone): str(kept) for gone, kept in merges}
    return {gone: _end(gone, found) for gone in found}


def _end(student: str, found: Aliases) -> str:
    while student in found:
        student = found[student]
    return student


def read_with(known: Aliases, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """What an operation says, of the students who stand for those it names. Anything may stand in one of a tablet."""
    if not known or kind not in KINDS:
        return body
    named = {name: body[name] for name, held in KINDS[kind].holds.items() if held in _READERS and name in body}
    return body | {name: _READERS[KINDS[kind].holds[name]](known, value) for name, value in named.items()}


def _one(known: Aliases, value: Any) -> Any:
    return known.get(value, value) if isinstance(value, str) else value


def _several(known: Aliases, values: Any) -> Any:
    return [_one(known, value) for value in values] if isinstance(values, list) else values


_READERS = {Holds.STUDENT: _one, Holds.STUDENTS: _several}


def ids_of(students: Collection[int]) -> set[int]:
    """The ids under which the log may name these students."""
    return {*students, *(int(gone) for gone, kept in aliases().items() if int(kept) in students)}
