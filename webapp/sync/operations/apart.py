"""`apart.set` and `apart.end`: two students who must not be in neighbouring spaces at once, until it is over."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from webapp.domain.operations import space_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean
from webapp.models import Apart, db
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import known_students
from webapp.sync.operations.projected import find, put_right, take
from webapp.sync.operations.stored import applied

SET = space_kinds.SET_APART.name
END = space_kinds.END_APART.name
KINDS = (SET, END)


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, _change, revs)


def rebuild(revs: RevCounter) -> int:
    """Set and end every pair again; how many rows were wrong."""
    wanted: dict[str, dict[str, Any]] = {}
    for operation in applied(KINDS):
        if operation.kind == SET:
            wanted[operation.id] = _values(operation.id, operation.by, operation.at, operation.body)
        elif (pair := wanted[read(space_kinds.ApartEnded, operation.body).pair])["ended_at"] is None:
            pair["ended_at"] = max(operation.at, pair["at"])
    return put_right(Apart, wanted, revs)


def faults(body: dict[str, Any]) -> Iterator[tuple[str, Refusal]]:
    """What stands against keeping these two apart, each with what it is about: `one`, `other` or `reason`."""
    students = body.get("students")
    one, other = students if isinstance(students, list) and len(students) == 2 else (None, None)
    known = known_students([one, other])
    for name, place, student in (("one", "first", one), ("other", "second", other)):
        if student not in known:
            yield name, Refusal("no-such-student", f"The {place} student is missing or not known at this school.")
    if one in known and other in known:
        yield from _pair_faults(one, other)
    if not isinstance(body.get("reason"), str) or not clean(body["reason"]):
        yield "reason", Refusal("no-reason", "A reason is needed. Tablets never show it.")


def _pair_faults(one: str, other: str) -> Iterator[tuple[str, Refusal]]:
    if one == other:
        yield "other", Refusal("same-student", "These are the same student. Choose two.")
        return
    first, second = _in_order([one, other])
    standing = select(Apart.id).where(Apart.one == first, Apart.other == second, Apart.ended_at.is_(None))
    if db.session.scalar(standing.limit(1)):
        yield "other", Refusal("kept-apart", "These two are kept apart already, so nothing more is needed.")


def _change(entry: Entry) -> Apart | Refusal | None:
    return _set(entry) if entry.kind == SET else _end(entry)


def _set(entry: Entry) -> Apart | Refusal:
    for _, refusal in faults(entry.body):
        return refusal
    return Apart(**_values(entry.id, entry.by, entry.at, entry.body))


def _values(pair: str, by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `apart.set` says."""
    said = read(space_kinds.SetApart, body)
    one, other = _in_order(said.students)
    return {
        "id": pair,
        "one": one,
        "other": other,
        "reason": clean(said.reason),
        "by": by,
        "at": at,
        "ended_at": None,
    }


def _in_order(students: Sequence[str]) -> tuple[int, int]:
    """A pair is the same whichever of the two is named first."""
    first, second = sorted(map(int, students))
    return first, second


def _end(entry: Entry) -> Apart | Refusal | None:
    """The pair ended now; None where it had ended before, since ending again says nothing new."""
    pair = find(Apart, entry.body.get("pair"))
    if pair is None:
        return Refusal("no-such-pair", "There is no pair of this name.")
    if pair.ended_at is not None:
        return None
    pair.ended_at = max(entry.at, pair.at)  # whatever the tablet's clock said
    return pair
