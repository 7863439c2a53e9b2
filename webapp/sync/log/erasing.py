"""Deleting what is about one student alone, from the log and from what follows from it.

An operation keeps its place. Its content goes, and what is left is known by its digest should a tablet send it again;
what it did to the tuck shop's stock stays, as an operation about nobody.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, func, or_, select, update

from webapp.domain.operations import kinds_kept_as
from webapp.domain.operations.mark_kinds import SCORE
from webapp.domain.operations.shop_kinds import REDEEM, SHELF, VOID
from webapp.domain.time.calendar import week_of
from webapp.domain.wire.tables import REACH
from webapp.models import (
    Attendance,
    BoardName,
    Contact,
    Device,
    Guest,
    Operation,
    Quarantined,
    Score,
    db,
)
from webapp.models.device import OWN_DEVICES
from webapp.models.operation import APPLIED, ERASED, REFUSED
from webapp.school.clock import local_date
from webapp.sync.log.aliases import ids_of
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import word
from webapp.sync.protocol.wire import as_text
from webapp.sync.tables import scores
from webapp.sync.tables.replicated import TABLES
from webapp.sync.tables.replication import Span, Table
from webapp.sync.tables.tombstones import bury, in_batches

PARTS: Final = ("marks", "rewards", "limits", "contacts", "attendance")
"""What can be deleted by itself, by the rule in the policy pack that says when."""

NOT_ON_TABLETS: Final[Mapping[str, Any]] = {
    "rewards": BoardName,
    "marks": Guest,
    "contacts": Contact,
    "attendance": Attendance,
}
"""What goes with them and no tablet holds."""


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
    for model in _models(part):
        student = model.student_id
        found = db.session.execute(select(student, func.count()).where(student.in_(students)).group_by(student))
        counts.update(dict(found.all()))
    return counts


def erase(part: str, students: Collection[int], revs: RevCounter) -> None:
    """Delete what is about these students; goes inside `with writing() as revs`."""
    kinds = kinds_kept_as(part)
    found = list(_entries(kinds, students))
    left = list(_left_on_the_shelf(found))
    hollow([entry.seq for entry in found], revs)
    hollow(_marks_of(students) if SCORE.name in kinds else [], revs)
    for seq, body in left:
        db.session.execute(update(Operation).where(Operation.seq == seq).values(kind=SHELF.name, body=as_text(body)))
    for table in _tables(part):
        _bury(table, students, revs)
    for model in _models(part):
        db.session.execute(delete(model).where(model.student_id.in_(students)))


def _tables(part: str) -> list[Table]:
    return [table for table in TABLES.values() if table.kept == part]


def _models(part: str) -> list[Any]:
    """What is about one student each."""
    also = [NOT_ON_TABLETS[part]] if part in NOT_ON_TABLETS else []
    return [*(table.model for table in _tables(part)), *also]


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
    "written": False,
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
    keys, named = {str(student) for student in ids_of(students)}, set[str]()
    columns = (Operation.seq, Operation.device_id, Operation.incarnation, Operation.n)
    query = select(*columns, Operation.kind, Operation.status, Operation.body).order_by(Operation.seq)
    query = query.where(Operation.kind.in_(kinds), or_(Operation.kind != SCORE.name, Operation.status == REFUSED))
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
        if entry.status == APPLIED and entry.kind == REDEEM.name:
            sold[entry.id] = entry.body["item"]
            yield entry.seq, {"item": entry.body["item"], "stock": -1}
        elif entry.status == APPLIED and entry.kind == VOID.name and entry.body["redemption"] in sold:
            yield entry.seq, {"item": sold.pop(entry.body["redemption"]), "stock": 1}


def _bury(table: Table, students: Collection[int], revs: RevCounter) -> None:
    """Tell tablets of the rows that one of them may still hold: mostly none, since a leaver's days are long past."""
    first, model = _held_since(), table.model
    if first is None:
        return
    query = select(*(getattr(model, name) for name in table.key)).where(model.student_id.in_(students))
    if table.span is not Span.WHOLE:
        has_day = "day" in model.__table__.columns
        query = query.where(model.day >= first if has_day else model.week >= week_of(first))
    bury(revs, table.name, [".".join(map(str, name)) for name in db.session.execute(query)])


def _held_since() -> date | None:
    """The first day of which a tablet may hold anything: that was silent the longest. None if there are no tablets."""
    heard = func.coalesce(Device.last_heard, Device.enrolled_at)
    query = select(Device).where(Device.revoked_at.is_(None), Device.id.not_in(OWN_DEVICES)).order_by(heard).limit(1)
    silent = db.session.scalar(query)
    return local_date(silent.last_heard or silent.enrolled_at) - REACH if silent else None
