"""What a restore took from the school, and tablets bring again.

They bring it in another order than it happened, and the school has also forgotten who had signed in where. So what
was recorded in the time that was lost is taken from everybody on the staff (`log`), and what is refused because
something is missing is judged again with every push, until that has come too.
"""

import json
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from webapp.domain.refusal import MISSING
from webapp.domain.spaces.rules import IN_ALREADY
from webapp.models import Device, Operation, Overturned, Restoration, Stay, db
from webapp.models.operation import APPLIED, REFUSED
from webapp.school import clock
from webapp.sync.log import log
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number

COMES_AGAIN = timedelta(days=14)
"""How long tablets keep what the school has had, and so for how long after a restore it may come."""


def judge_again(revs: RevCounter) -> None:
    """Apply refused operations that can be applied now; each moves to the end of the log. Inside `with writing()`."""
    restored = db.session.scalar(select(Restoration).order_by(Restoration.at.desc()).limit(1))
    if restored is None or restored.at + COMES_AGAIN < clock.now():
        return
    # One may have waited for another, so until nothing changes.
    while sum(_can_be_applied(operation, revs) for operation in _refused_since(restored.at)):
        pass


def _refused_since(restored: datetime) -> list[Operation]:
    query = select(Operation).where(
        Operation.status == REFUSED,
        Operation.settled_at.is_(None),
        Operation.received >= restored,
        Operation.at <= restored,
    )
    return [operation for operation in db.session.scalars(query.order_by(Operation.seq)) if _may_have_waited(operation)]


def _may_have_waited(operation: Operation) -> bool:
    """Whether it may have been refused for want of another operation: of the row it speaks of, of marks that earn a
    level, or of the end of a stay that was over by then. What was refused for anything else was so before."""
    if operation.reason == IN_ALREADY.reason:
        return not _was_in(operation)
    return operation.reason in MISSING


def _was_in(operation: Operation) -> bool:
    """Whether its student was in its space when it happened, by all that has come so far."""
    body = json.loads(operation.body)
    there = select(Stay.id).where(
        Stay.student == number(body.get("student")), Stay.space == body.get("space"), Stay.entered <= operation.at
    )
    return db.session.scalar(there.where(or_(Stay.left.is_(None), Stay.left > operation.at)).limit(1)) is not None


def _can_be_applied(operation: Operation, revs: RevCounter) -> bool:
    """Whether it was; then it stands in the log as if it had come now."""
    entry = _as_entry(operation, revs.next())
    log.judge(revs, db.session.get_one(Device, entry.device), [entry])
    if entry.refusal:
        return False
    operation.seq = operation.rev = entry.seq
    operation.status, operation.subject = APPLIED, entry.subject or operation.subject
    operation.reason = operation.detail = None
    db.session.add(Overturned(operation=entry.id, device_id=entry.device, rev=revs.next()))
    db.session.flush()
    return True


def _as_entry(operation: Operation, seq: int) -> Entry:
    return Entry(
        seq=seq,
        device=operation.device_id,
        incarnation=operation.incarnation,
        n=operation.n,
        kind=operation.kind,
        by=operation.by,
        wall=operation.wall,
        at=operation.at,
        received=operation.received,
        body=json.loads(operation.body),
        text=operation.body,
        base=operation.base,
        replaces=operation.replaces,
        digest=operation.digest,
    )
