"""`refusal.settle` and `quarantine.settle`: somebody has dealt with an entry, and it leaves the lists.
`quarantine.accept`: what was put aside leaves them, too, and enters the log after all (`sync/log.py` sees to that)."""

from collections.abc import Sequence
from typing import Any

from webapp.domain.operation_rights import OPERATIONS
from webapp.domain.refusal import Refusal
from webapp.models import Operation, Quarantined, db
from webapp.models.device import BROWSER
from webapp.models.operation import REFUSED
from webapp.sync.entry import Entry
from webapp.sync.operations.ids import number
from webapp.sync.operations.ids import operation as operation_id
from webapp.sync.operations.stored import Stored, applied
from webapp.sync.quarantine import judge_accepting
from webapp.sync.sequence import Sequence as Numbers

REFUSAL = "refusal.settle"
QUARANTINE = "quarantine.settle"
ACCEPT = "quarantine.accept"
KINDS = (REFUSAL, QUARANTINE, ACCEPT)


def apply(entries: Sequence[Entry], numbers: Numbers) -> None:
    for entry in entries:
        found = _find(entry.kind, entry.body)
        if found is None:
            entry.refusal = Refusal("no-such-entry", "There is no such entry to settle.")
        elif entry.only_own and not _is_own(entry, found):
            entry.refusal = OPERATIONS[entry.kind].refusal()
        elif entry.kind == ACCEPT and isinstance(found, Quarantined) and (refusal := judge_accepting(found)):
            entry.refusal = refusal
        else:
            _settle(found, entry, numbers)


def _is_own(entry: Entry, found: Operation | Quarantined) -> bool:
    """Whether the person recorded it, or holds the tablet that did: its lists are for whoever holds it."""
    if not isinstance(found, Operation):
        return False
    return found.by == entry.by or found.device_id == entry.device != BROWSER


def rebuild(numbers: Numbers) -> int:
    """Settle again what the log says was settled; how many entries were not."""
    found = ((operation, _find(operation.kind, operation.body)) for operation in applied(KINDS))
    return sum(_settle(entry, operation, numbers) for operation, entry in found if entry)


def _settle(found: Operation | Quarantined, settling: Entry | Stored, numbers: Numbers) -> bool:
    """Whether the entry was still open. Settling again says nothing new."""
    if found.settled_at is not None:
        return False
    found.settled_at, found.settled_by = settling.at, settling.by
    if isinstance(found, Operation):
        found.rev = numbers.next()  # its tablet takes it off the list
    else:
        found.accepted = settling.kind == ACCEPT
    db.session.flush()
    return True


def _find(kind: str, body: dict[str, Any]) -> Operation | Quarantined | None:
    if kind != REFUSAL:
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
