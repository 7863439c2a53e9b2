"""`till.*`: which device sells to a group. Only one does, so that nobody is sold more than the day's allowance, with
or without a network: the duty moves once the old device has let go, or when a leader says so.

Which tills there were at that moment is not in the log, so an operation notes as its subject the one that serves after
it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from webapp.domain.operations import shop_kinds
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean
from webapp.models import Device, Group, Till, db
from webapp.models.device import TILL
from webapp.results.rewards import till_of
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import word
from webapp.sync.operations.projected import put_right, take
from webapp.sync.operations.stored import Stored, applied

MOVE = shop_kinds.MOVE.name
RELEASE = shop_kinds.RELEASE.name
OVERRIDE = shop_kinds.OVERRIDE.name
KINDS = (MOVE, RELEASE, OVERRIDE)

SUBJECT = "till:"


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, _change, revs)


def rebuild(revs: RevCounter) -> int:
    """Move every duty again; how many rows were wrong."""
    wanted: dict[str, dict[str, Any]] = {}
    for operation in applied(KINDS):
        if operation.subject:  # else it said nothing new
            group = operation.body["group"]
            serving = operation.subject.removeprefix(SUBJECT)
            wanted[group] = _values(operation, serving, wanted.get(group, {}))
    return put_right(Till, wanted, revs)


def _change(entry: Entry) -> Till | Refusal | None:
    group = word(entry.body.get("group"))
    if db.session.get(Group, group) is None:
        return Refusal("no-such-group", "This group is not known at this school.")
    change = _let_go if entry.kind == RELEASE else _move
    return change(entry, group, db.session.get(Till, group))


def _let_go(entry: Entry, group: str, row: Till | None) -> Till | Refusal | None:
    """None where no other till waits, since letting go again says nothing new."""
    if entry.device != till_of(group):
        return Refusal("not-the-till", "Another till serves this group.")
    if row is None or row.to is None:
        return None
    return _noted(entry, row.to if _can_serve(row.to) else row.device, row)  # it may have been revoked meanwhile


def _move(entry: Entry, group: str, row: Till | None) -> Till | Refusal:
    to = entry.body.get("to")
    serving = to if entry.kind == OVERRIDE else till_of(group) or to
    return _judge_move(entry) or _noted(entry, str(serving), row)


def _judge_move(entry: Entry) -> Refusal | None:
    if not _can_serve(entry.body.get("to")):
        return Refusal("no-such-till", "There is no enrolled till of this name.")
    if entry.kind == OVERRIDE and not _reason(entry.body):
        return Refusal("no-reason", "A reason is needed, since the old till may still be selling.")
    return None


def _can_serve(device: object) -> bool:
    """Whether this is an enrolled till."""
    tills = select(Device.id).where(Device.duty == TILL, Device.revoked_at.is_(None))
    return db.session.scalar(tills.where(Device.id == word(device))) is not None


def _reason(body: dict[str, Any]) -> str:
    return clean(body["why"]) if isinstance(body.get("why"), str) else ""


def _noted(entry: Entry, serving: str, row: Till | None) -> Till:
    """The row as it is once this device serves the group."""
    entry.subject = SUBJECT + serving
    names = [column.name for column in Till.__table__.columns if column.name != "rev"]
    before = {name: getattr(row, name) for name in names} if row else {}
    return db.session.merge(Till(**_values(entry, serving, before)))


def _values(said: Entry | Stored, serving: str, before: dict[str, Any]) -> dict[str, Any]:
    """What the row says once the duty is asked for, moved or let go."""
    if said.kind == RELEASE:
        return before | {"device": serving, "to": None}
    to = said.body["to"]
    return {
        "group_id": said.body["group"],
        "device": serving,
        "to": None if to == serving else to,
        "by": said.by,
        "at": said.at,
        "why": _reason(said.body) if said.kind == OVERRIDE else None,
    }
