"""Deleting what is about one student alone, from the log and from what follows from it.

An operation keeps its place. Its content goes, and what is left is known by its digest should a tablet send it again;
what it did to the tuck shop's stock stays, as an operation about nobody.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, func, or_, select, update

from webapp.domain.time.calendar import week_of
from webapp.domain.wire.tables import REACH
from webapp.models import (
    Admission,
    Award,
    BoardName,
    Cap,
    Card,
    Device,
    Level,
    Operation,
    OptionChoice,
    Quarantined,
    Redemption,
    Score,
    db,
)
from webapp.models.device import OWN_DEVICES
from webapp.models.operation import APPLIED, ERASED, REFUSED
from webapp.school.clock import local_date
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations import board, card, options, pathway, reward, room
from webapp.sync.operations.ids import word
from webapp.sync.protocol.wire import as_text
from webapp.sync.tables import scores
from webapp.sync.tables.shop import REDEEM, SHELF, VOID
from webapp.sync.tables.tombstones import bury, in_batches


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of rows about one student each. On the wire they are in `table` under the values of `name`; of a table
    with `dated` tablets hold those of some days or weeks."""

    model: Any
    table: str = ""
    name: tuple[str, ...] = ("id",)
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some kinds of operations that are about one student each, and the rows that follow from them."""

    kinds: tuple[str, ...]
    rows: tuple[Rows, ...]


PARTS: Final = {
    "marks": Part(
        (scores.KIND,),
        (
            Rows(Score, "scores", ("student_id", "lesson_id"), "week"),
            Rows(Level, "levels", ("student_id", "week"), "week"),
        ),
    ),
    "rewards": Part(
        (*room.KINDS, *options.KINDS, *pathway.KINDS, *card.KINDS, *board.KINDS, REDEEM, VOID),
        (
            Rows(Admission, "admissions", dated="day"),
            Rows(OptionChoice, "choices", ("student_id", "week"), "week"),
            Rows(Award, "awards"),
            Rows(Card, "cards", ("student_id",)),
            Rows(BoardName),
            Rows(Redemption, "redemptions", dated="day"),
        ),
    ),
    "limits": Part(reward.KINDS, (Rows(Cap, "caps"),)),
}
"""What can be deleted by itself, by the rule in the policy pack that says when."""


class Found(NamedTuple):
    """An operation to erase, its body read."""

    seq: int
    id: str
    kind: str
    status: str
    body: dict[str, Any]


def held(part: str, students: Collection[int]) -> Counter[int]:
    """How many rows there are about each of these students, if any."""
    counts: Counter[int] = Counter()
    for rows in PARTS[part].rows:
        student = rows.model.student_id
        found = db.session.execute(select(student, func.count()).where(student.in_(students)).group_by(student))
        counts.update(dict(found.all()))
    return counts


def erase(part: str, students: Collection[int], revs: RevCounter) -> None:
    """Delete what is about these students; goes inside `with writing() as revs`."""
    found = list(_entries(PARTS[part].kinds, students))
    left = list(_left_on_the_shelf(found))
    hollow([entry.seq for entry in found], revs)
    hollow(_marks_of(students) if scores.KIND in PARTS[part].kinds else [], revs)
    for seq, body in left:
        db.session.execute(update(Operation).where(Operation.seq == seq).values(kind=SHELF, body=as_text(body)))
    for rows in PARTS[part].rows:
        _bury(rows, students, revs)
        db.session.execute(delete(rows.model).where(rows.model.student_id.in_(students)))


def hollow(seqs: Sequence[int], revs: RevCounter) -> None:
    """Take the content out of operations. One that was refused leaves its tablet's list."""
    for batch in in_batches(seqs):
        these = Operation.seq.in_(batch)
        still_open = select(Operation.seq).where(these, Operation.status == REFUSED, Operation.settled_at.is_(None))
        for seq in db.session.scalars(still_open).all():
            settled = {"settled_at": Operation.received, "settled_by": "", "rev": revs.next()}
            db.session.execute(update(Operation).where(Operation.seq == seq).values(settled))
        db.session.execute(update(Operation).where(these).values(EMPTY))


def hollow_aside(items: Collection[int]) -> None:
    """Take the content out of what was put aside. Its digest stays, so that it is not put aside anew."""
    db.session.execute(update(Quarantined).where(Quarantined.id.in_(items)).values(content=NOTHING))


NOTHING: Final = "{}"
EMPTY: Final[dict[str, Any]] = {
    "kind": ERASED,
    "by": "",
    "wall": "",
    "at": Operation.received,
    "body": NOTHING,
    "base": None,
    "replaces": None,
    "subject": None,
    "reason": None,
    "detail": None,
}


def _marks_of(students: Collection[int]) -> list[int]:
    """The operations that gave these students their marks, found by what they speak of: marks are most of the log."""
    marks = db.session.execute(select(Score.student_id, Score.lesson_id).where(Score.student_id.in_(students)))
    subjects = [scores.subject_of((student, lesson)) for student, lesson in marks]
    queries = (select(Operation.seq).where(Operation.subject.in_(batch)) for batch in in_batches(subjects))
    return [seq for query in queries for seq in db.session.scalars(query)]


def _entries(kinds: Collection[str], students: Collection[int]) -> Iterator[Found]:
    """The operations that name one of the students, and those that name such an operation (a sale taken back, a limit
    lifted); of marks only those that were refused."""
    keys, named = {str(student) for student in students}, set[str]()
    columns = (Operation.seq, Operation.device_id, Operation.incarnation, Operation.n)
    query = select(*columns, Operation.kind, Operation.status, Operation.body).order_by(Operation.seq)
    query = query.where(Operation.kind.in_(kinds), or_(Operation.kind != scores.KIND, Operation.status == REFUSED))
    for seq, device, incarnation, n, kind, status, text in db.session.execute(query):
        body = json.loads(text)
        said = {value for value in body.values() if isinstance(value, str)}
        if word(body.get("student")) in keys or not named.isdisjoint(said):
            named.add(id := f"{device}.{incarnation}.{n}")
            yield Found(seq, id, kind, status, body)


def _left_on_the_shelf(entries: Collection[Found]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What sales that counted did to the stock, by the place of their operations. Taking back again did nothing."""
    sold: dict[str, str] = {}
    for entry in entries:
        if entry.status == APPLIED and entry.kind == REDEEM:
            sold[entry.id] = entry.body["item"]
            yield entry.seq, {"item": entry.body["item"], "stock": -1}
        elif entry.status == APPLIED and entry.kind == VOID and entry.body["redemption"] in sold:
            yield entry.seq, {"item": sold.pop(entry.body["redemption"]), "stock": 1}


def _bury(rows: Rows, students: Collection[int], revs: RevCounter) -> None:
    """Tell tablets of the rows that one of them may still hold: mostly none, since a leaver's days are long past."""
    first = _held_since()
    if not rows.table or first is None:
        return
    query = select(*(getattr(rows.model, name) for name in rows.name)).where(rows.model.student_id.in_(students))
    if rows.dated:
        dated = getattr(rows.model, rows.dated)
        query = query.where(dated >= (week_of(first) if rows.dated == "week" else first))
    bury(revs, rows.table, [".".join(map(str, name)) for name in db.session.execute(query)])


def _held_since() -> date | None:
    """The first day of which a tablet may hold anything: that was silent the longest. None if there are no tablets."""
    heard = func.coalesce(Device.last_heard, Device.enrolled_at)
    query = select(Device).where(Device.revoked_at.is_(None), Device.id.not_in(OWN_DEVICES)).order_by(heard).limit(1)
    silent = db.session.scalar(query)
    return local_date(silent.last_heard or silent.enrolled_at) - REACH if silent else None
