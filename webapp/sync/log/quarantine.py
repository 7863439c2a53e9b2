"""What a tablet sent but could not be let into the log: kept as it came, until somebody accepts or settles it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import instant
from webapp.models import Device, Operation, Quarantined, db
from webapp.sync.log import flood
from webapp.sync.log.entry import Entry
from webapp.sync.protocol.wire import as_text

TAKEN = Refusal("forked", "Another entry has this number already. Record it anew instead.")
DONE = Refusal("no-such-entry", "Somebody has dealt with this entry already.")


def unknown(device: Device, entries: Sequence[Entry], incarnation: str) -> list[Entry]:
    """Those of these entries that have not been put aside yet, each content once."""
    query = select(Quarantined.n, Quarantined.digest).where(
        Quarantined.device_id == device.id,
        Quarantined.incarnation == incarnation,
        Quarantined.n.in_({entry.n for entry in entries}),
    )
    known = {(n, digest) for n, digest in db.session.execute(query)}
    return [entry for name, entry in {(entry.n, entry.digest): entry for entry in entries}.items() if name not in known]


def keep(device: Device, entries: Sequence[Entry], incarnation: str, reason: str) -> None:
    """Put entries aside, each content once, and count them as bad ones of the tablet's day. They are named after the
    tablet whose cookie they came with."""
    kept = [_kept(device, entry, incarnation, reason) for entry in unknown(device, entries, incarnation)]
    db.session.add_all(kept)
    flood.count(device, len(kept), sum(len(item.content) for item in kept))


def _kept(device: Device, entry: Entry, incarnation: str, reason: str) -> Quarantined:
    content = {
        "kind": entry.kind,
        "by": entry.by,
        "wall": entry.wall,
        "body": entry.body,
        "replaces": entry.replaces,
        "base": entry.base,
        "at": instant(entry.at),
        "ahead": entry.ahead,
        "unsure": entry.unsure,
    }
    return Quarantined(
        device_id=device.id,
        incarnation=incarnation,
        n=entry.n,
        digest=entry.digest,
        content=json.dumps(content),
        reason=reason,
        received=entry.received,
    )


def judge_accepting(item: Quarantined) -> Refusal | None:
    """Whether it can still enter the log: once, under the number it was given on its tablet."""
    if item.settled_at is not None:
        return DONE
    free = select(Quarantined.id).where(Quarantined.id == item.id, *can_be_accepted())
    return None if db.session.scalar(free) else TAKEN


def can_be_accepted() -> list[Any]:
    """That nobody has dealt with an entry put aside, and that its number is still free: conditions of a query."""
    stored = select(Operation.seq).where(*_of_one_number(Operation))
    accepted = aliased(Quarantined)
    other = select(accepted.id).where(*_of_one_number(accepted), accepted.accepted)
    return [Quarantined.settled_at.is_(None), ~stored.exists(), ~other.exists()]


def _of_one_number(model: Any) -> list[Any]:
    """That an entry bears the number that a tablet gave to one put aside."""
    return [getattr(model, name) == getattr(Quarantined, name) for name in ("device_id", "incarnation", "n")]


def entry_of(item: Quarantined, seq: int, now: datetime) -> Entry:
    """The entry as its tablet recorded it, on its way into the log at last."""
    said: dict[str, Any] = json.loads(item.content)
    text = as_text(said["body"])
    return Entry(
        seq,
        item.device_id,
        item.incarnation,
        item.n,
        said["kind"],
        said["by"],
        said["wall"],
        # What was put aside by an earlier release says no more than when it came.
        datetime.fromisoformat(said["at"]) if "at" in said else item.received,
        now,
        said["body"],
        text,
        said.get("base"),
        said["replaces"],
        item.digest,
        ahead=said.get("ahead", False),
        unsure=said.get("unsure", False),
        aside=item.reason,
    )
