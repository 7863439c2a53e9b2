"""`refusal.settle` and `quarantine.settle`: somebody has dealt with an entry, and it leaves the lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from webapp.domain.refusal import Refusal
from webapp.domain.rights import OPERATIONS
from webapp.models import Operation, Quarantined, db
from webapp.models.device import BROWSER
from webapp.models.operation import REFUSED
from webapp.sync.entry import Entry
from webapp.sync.operations.ids import number
from webapp.sync.operations.ids import operation as operation_id
from webapp.sync.operations.stored import applied
from webapp.sync.sequence import Sequence as Numbers

REFUSAL = "refusal.settle"
QUARANTINE = "quarantine.settle"
KINDS = (REFUSAL, QUARANTINE)


def apply(entries: Sequence[Entry], numbers: Numbers) -> None:
    for entry in entries:
        found = _find(entry.kind, entry.body)
        if found is None:
            entry.refusal = Refusal("no-such-entry", "There is no such entry to settle.")
        elif entry.only_own and not _is_own(entry, found):
            entry.refusal = OPERATIONS[entry.kind].refusal()
        else:
            _settle(found, entry.by, entry.at, numbers)


def _is_own(entry: Entry, found: Operation | Quarantined) -> bool:
    """Whether the person recorded it, or holds the tablet that did: its lists are for whoever holds it."""
    if not isinstance(found, Operation):
        return False
    return found.by == entry.by or found.device_id == entry.device != BROWSER


def rebuild(numbers: Numbers) -> int:
    """Settle again what the log says was settled; how many entries were not."""
    found = ((operation, _find(operation.kind, operation.body)) for operation in applied(KINDS))
    return sum(_settle(entry, operation.by, operation.at, numbers) for operation, entry in found if entry)


def _settle(entry: Operation | Quarantined, by: str, at: datetime, numbers: Numbers) -> bool:
    """Whether the entry was still open. Settling again says nothing new."""
    if entry.settled_at is not None:
        return False
    entry.settled_at, entry.settled_by = at, by
    if isinstance(entry, Operation):
        entry.rev = numbers.next()  # its tablet takes it off the list
    db.session.flush()
    return True


def _find(kind: str, body: dict[str, Any]) -> Operation | Quarantined | None:
    if kind == QUARANTINE:
        return db.session.get(Quarantined, number(body.get("quarantined")) or 0)
    return _refused(body.get("operation"))


def _refused(name: object) -> Operation | None:
    """The refused operation of an id such as "d1.a3.17"."""
    known = operation_id(name)
    if known is None:
        return None
    device, incarnation, n = known.split(".")
    query = db.session.query(Operation).filter_by(device_id=device, incarnation=incarnation, n=int(n))
    return query.filter_by(status=REFUSED).one_or_none()
