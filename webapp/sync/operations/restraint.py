"""`restraint.complete`: the record of a restrictive intervention is written, and leaves the list of those due (D9).

The draft itself is opened by the stay that ends with "not free to leave".
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from webapp.domain.operations import space_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.models import Restraint, db
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.projected import find
from webapp.sync.operations.stored import Stored, applied

COMPLETE = space_kinds.COMPLETE.name
KINDS = (COMPLETE,)


def apply(entries: Sequence[Entry], _numbers: RevCounter) -> None:
    """No tablet holds a record, so no number is handed out."""
    for entry in entries:
        record = find(Restraint, entry.body.get("record"))
        if record is None:
            entry.refusal = Refusal("no-such-record", "There is no record of this name to complete.")
        elif record.completed_at is None:  # completing again says nothing new
            record.completed_at, record.completed_by = _completed(entry, record)
            db.session.flush()


def rebuild(_numbers: RevCounter) -> int:
    """Complete again what the log says was completed, and nothing else; how many records were wrong."""
    first: dict[str, Stored] = {}
    for operation in applied(KINDS):
        first.setdefault(read(space_kinds.Completed, operation.body).record, operation)
    return sum(_put_right(record, first.get(record.id)) for record in db.session.scalars(select(Restraint)).all())


def _put_right(record: Restraint, completion: Stored | None) -> bool:
    """Whether the record said anything else."""
    wanted = _completed(completion, record) if completion else (None, None)
    if (record.completed_at, record.completed_by) == wanted:
        return False
    record.completed_at, record.completed_by = wanted
    db.session.flush()
    return True


def _completed(completion: Entry | Stored, record: Restraint) -> tuple[datetime, str]:
    """When and by whom: never before the record was opened, whatever the tablet's clock said."""
    return max(completion.at, record.opened), completion.by
