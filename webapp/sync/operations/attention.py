"""`refusal.settle` and `quarantine.settle`: somebody has dealt with an entry, and it leaves the lists.
`quarantine.accept`: what was put aside leaves them, too, and enters the log after all (`sync/log/log.py` sees to that).

The first two may name a tablet instead of an entry. Then all of its entries are meant that were listed up to a number.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, func, or_, select, update

from webapp.domain.operations import RIGHTS, attention_kinds
from webapp.domain.refusal import Refusal
from webapp.models import Device, Operation, Quarantined, db
from webapp.models.device import BROWSER
from webapp.models.operation import IS_OPEN, IS_UNSURE, REFUSED
from webapp.sync.log import flood
from webapp.sync.log.entry import Entry
from webapp.sync.log.quarantine import judge_accepting
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number, word
from webapp.sync.operations.ids import operation as operation_id
from webapp.sync.operations.stored import Stored, applied

REFUSAL = attention_kinds.SETTLE_REFUSAL.name
QUARANTINE = attention_kinds.SETTLE_PUT_ASIDE.name
ACCEPT = attention_kinds.ACCEPT.name
KINDS = (REFUSAL, QUARANTINE, ACCEPT)

NO_SUCH_ENTRY = Refusal("no-such-entry", "There is no such entry to settle.")


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    for entry in entries:
        if meant := _all_meant(entry.kind, entry.body):
            _apply_all(entry, meant, revs)
            continue
        found = _find(entry.kind, entry.body)
        if found is None:
            entry.refusal = NO_SUCH_ENTRY
        elif entry.only_own and not _is_own(entry, found):
            entry.refusal = RIGHTS[entry.kind].refusal()
        elif entry.kind == ACCEPT and isinstance(found, Quarantined) and (refusal := judge_accepting(found)):
            entry.refusal = refusal
        else:
            _settle(found, entry, revs)


def _apply_all(entry: Entry, meant: "_All", revs: RevCounter) -> None:
    # One that is there, so that none that comes later is meant.
    last: Operation | Quarantined | None = db.session.get(meant.model, meant.upto)  # type: ignore[assignment]
    if last is None or last.device_id != meant.tablet:
        entry.refusal = NO_SUCH_ENTRY
    elif entry.only_own:
        entry.refusal = RIGHTS[entry.kind].refusal()
    else:
        _settle_all(meant, entry, revs)
        flood.forgive(db.session.get_one(Device, meant.tablet))


def _is_own(entry: Entry, found: Operation | Quarantined) -> bool:
    """Whether the person recorded it, or holds the tablet that did: its lists are for whoever holds it."""
    if not isinstance(found, Operation):
        return False
    return found.by == entry.by or found.device_id == entry.device != BROWSER


def rebuild(revs: RevCounter) -> int:
    """Settle again what the log says was settled; how many entries were not."""
    return sum(_settle_again(operation, revs) for operation in list(applied(KINDS)))


def _settle_again(operation: Stored, revs: RevCounter) -> int:
    if meant := _all_meant(operation.kind, operation.body):
        return _settle_all(meant, operation, revs)
    found = _find(operation.kind, operation.body)
    return _settle(found, operation, revs) if found else 0


def _settle(found: Operation | Quarantined, settling: Entry | Stored, revs: RevCounter) -> bool:
    """Whether the entry was still open. Settling again says nothing new."""
    if found.settled_at is not None:
        return False
    found.settled_at, found.settled_by = settling.at, settling.by
    if isinstance(found, Operation):
        found.rev = revs.next()  # its tablet takes it off the list
    else:
        found.accepted = settling.kind == ACCEPT
    db.session.flush()
    return True


class _All(NamedTuple):
    """All that a tablet has on one of the lists, up to a number: where it stands in the log, or was put aside."""

    model: type[Operation] | type[Quarantined]
    tablet: str
    upto: int


def _all_meant(kind: str, body: dict[str, Any]) -> _All | None:
    """What is meant by a body that names a tablet, which no entry to be accepted does."""
    if kind == ACCEPT or "tablet" not in body:
        return None
    return _All(_listed(kind), word(body["tablet"]), number(body.get("upto")) or 0)


def _settle_all(meant: _All, settling: Entry | Stored, revs: RevCounter) -> int:
    """How many entries were still open."""
    values = {"settled_at": settling.at, "settled_by": settling.by}
    if meant.model is Quarantined:
        whole = update(Quarantined).where(*_is_open(Quarantined, meant.tablet), Quarantined.id <= meant.upto)
        return cast(CursorResult[Any], db.session.execute(whole.values(values))).rowcount
    refused = select(Operation.seq).where(*_is_open(Operation, meant.tablet), Operation.seq <= meant.upto)
    rows = [values | {"seq": seq, "rev": revs.next()} for seq in db.session.scalars(refused.order_by(Operation.seq))]
    if rows:
        db.session.execute(update(Operation), rows)
    return len(rows)


def _is_open(model: type[Operation] | type[Quarantined], tablet: str) -> list[ColumnElement[bool]]:
    """That an entry of a tablet is on the list."""
    return [IS_OPEN if model is Operation else Quarantined.settled_at.is_(None), model.device_id == tablet]


def open_of(kind: str, tablet: str, most: int) -> list[int]:
    """The first entries of a tablet on the list that operations of this kind shorten, by the numbers that settling all
    goes up to."""
    key = Operation.seq if kind == REFUSAL else Quarantined.id
    return list(db.session.scalars(select(key).where(*_is_open(_listed(kind), tablet)).order_by(key).limit(most)))


def count_open(kind: str, tablet: str) -> int:
    """How many entries a tablet has on that list."""
    query = select(func.count()).select_from(_listed(kind))
    return db.session.scalar(query.where(*_is_open(_listed(kind), tablet))) or 0


def _listed(kind: str) -> type[Operation] | type[Quarantined]:
    return Operation if kind == REFUSAL else Quarantined


def _find(kind: str, body: dict[str, Any]) -> Operation | Quarantined | None:
    if kind != REFUSAL:
        return db.session.get(Quarantined, number(body.get("quarantined")) or 0)
    return _refused(body.get("operation"))


def _refused(name: object) -> Operation | None:
    """The listed operation of an id such as "d1.a3.17": one that was refused, or whose time is unsure."""
    known = operation_id(name)
    if known is None:
        return None
    device, incarnation, n = known.split(".")
    query = db.session.query(Operation).filter_by(device_id=device, incarnation=incarnation, n=int(n))
    return query.filter(or_(Operation.status == REFUSED, IS_UNSURE)).one_or_none()
