"""Taking in what a tablet recorded: each number at most once, nothing lost, nothing blocked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, true

from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import SLACK, happened_at, parse_instant
from webapp.models import Device, Operation, Quarantined, db
from webapp.sync.devices import health
from webapp.sync.log import after_restore, flood, log, quarantine
from webapp.sync.log.authors import ASIDE
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.protocol.wire import Push, Sent

FORKED = "forked"
REVOKED = "revoked"
MISTAKEN = "another-device"
DETAILS = {
    FORKED: "This tablet sent something else under this number before. The office should enrol it again.",
    MISTAKEN: "This tablet calls itself another one. The office should enrol it again.",
    REVOKED: "This tablet is no longer enrolled. What it recorded is kept for the office.",
}


@dataclass(slots=True)
class Outcome:
    """The answer to a push: `upto` and notes as the protocol defines them, the number expected after a gap, and
    the refusal when the tablet is not one of ours (any more)."""

    upto: int
    expect: int | None = None
    turned_away: Refusal | None = None
    notes: list[dict[str, Any]] = field(default_factory=list)


def take_in(device: Device, push: Push, epoch: str, now: datetime, revs: RevCounter) -> Outcome:
    """Store a push. Goes inside `with writing() as revs`."""
    # What was looked at in another epoch says nothing about this one.
    seen = revs.last if push.epoch == epoch else 0
    reason = _why_turned_away(device, push)
    if reason:
        return _turn_away(device, push, seen, now, reason)
    fresh, repeated, gap = _sort_out(push.ops, device.upto)
    forked = _forks(device, repeated, fresh)
    if (fresh or forked) and flood.is_full(device):
        return Outcome(device.upto, turned_away=flood.TOO_MUCH)
    outcome = Outcome(device.upto, expect=device.upto + len(fresh) + 1 if gap else None)
    if forked:
        entries = [_entry(sent, 0, device, push, seen, now) for sent in forked]
        _put_aside(device, entries, device.incarnation, FORKED)
    outcome.notes += [_note(sent.n, "refused", FORKED, DETAILS[FORKED]) for sent in forked]
    entries = [_entry(sent, revs.next(), device, push, seen, now) for sent in fresh]
    log.append(revs, device, entries)
    _count_refused(device, entries)
    if entries:
        after_restore.judge_again(revs)
    _hear(device, push, now)
    outcome.notes += _notes(entries)
    outcome.upto = device.upto
    return outcome


def _turn_away(device: Device, push: Push, seen: int, now: datetime, reason: str) -> Outcome:
    """Keep what it sent for the office, unless that is more than a tablet can honestly hold."""
    entries = [_entry(sent, 0, device, push, seen, now) for sent in push.ops]
    if flood.is_full(device) and quarantine.unknown(device, entries, push.incarnation):
        return Outcome(device.upto, turned_away=flood.TOO_MUCH)
    _hear(device, push, now)
    _put_aside(device, entries, push.incarnation, reason)
    return Outcome(device.upto, turned_away=Refusal(reason, DETAILS[reason]))


def _why_turned_away(device: Device, push: Push) -> str | None:
    """A tablet that is revoked, or that bears another's name than its cookie says."""
    if device.revoked_at is not None:
        return REVOKED
    known = (device.id, device.incarnation)
    return None if (push.device, push.incarnation) == known else MISTAKEN


def _hear(device: Device, push: Push, now: datetime) -> None:
    device.last_heard = now
    device.skew = round((push.now - now).total_seconds() * 1000)
    device.bare_at = None
    health.note(device, push.health)


def _sort_out(ops: Sequence[Sent], upto: int) -> tuple[list[Sent], list[Sent], bool]:
    """The operations to store, those whose number is taken, and whether a gap ended the batch."""
    fresh: list[Sent] = []
    repeated: list[Sent] = []
    for sent in ops:
        if sent.n <= upto + len(fresh):
            repeated.append(sent)
        elif sent.n == upto + len(fresh) + 1:
            fresh.append(sent)
        else:
            return fresh, repeated, True
    return fresh, repeated, False


def _forks(device: Device, repeated: Sequence[Sent], fresh: Sequence[Sent]) -> list[Sent]:
    """Operations whose number is taken by other content: the tablet was wiped or cloned. What was put aside took its
    number, too."""
    taken = _taken(device, {sent.n for sent in repeated}) if repeated else set()
    taken |= {(sent.n, sent.digest) for sent in fresh}
    return [sent for sent in repeated if (sent.n, sent.digest) not in taken]


def _taken(device: Device, numbers: set[int]) -> set[tuple[int, str]]:
    """What stands under these numbers, by digest."""
    found: set[tuple[int, str]] = set()
    for model, those in ((Operation, true()), (Quarantined, Quarantined.reason.in_(ASIDE))):
        own = (model.device_id == device.id, model.incarnation == device.incarnation, model.n.in_(numbers), those)
        found |= {(n, digest) for n, digest in db.session.execute(select(model.n, model.digest).where(*own))}
    return found


def _put_aside(device: Device, entries: Sequence[Entry], incarnation: str, reason: str) -> None:
    """Keep what cannot enter the log, once, for somebody to accept or settle."""
    if device.trouble != flood.TROUBLE:
        device.trouble = DETAILS[reason]
    quarantine.keep(device, entries, incarnation, reason)


def _count_refused(device: Device, entries: Sequence[Entry]) -> None:
    refused = [len(entry.text) for entry in entries if entry.refusal]
    if refused:
        flood.count(device, len(refused), sum(refused))


def _entry(sent: Sent, seq: int, device: Device, push: Push, seen: int, now: datetime) -> Entry:
    """`seen` is the highest cursor the tablet can have had; `seq` is 0 for what does not enter the log."""
    wall = parse_instant(sent.wall)
    return Entry(
        seq=seq,
        device=device.id,
        incarnation=device.incarnation,
        n=sent.n,
        kind=sent.kind,
        by=sent.by,
        wall=sent.wall,
        # A time that cannot be read is no reason to refuse a mark: it happened by now at the latest.
        at=happened_at(wall, push.now, now) if wall else now,
        received=now,
        body=sent.body,
        text=sent.text,
        base=min(sent.base, seen) if sent.base is not None and seen else None,
        replaces=sent.replaces,
        digest=sent.digest,
        ahead=wall is not None and wall - push.now > SLACK,
        unsure=sent.unsure,
        refusal=sent.fault,
    )


def _notes(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """What the tablet should know: what was refused, and where somebody else's entry stands instead."""
    notes = []
    for entry in entries:
        if entry.refusal:
            notes.append(_note(entry.n, "refused", entry.refusal.reason, entry.refusal.detail))
        elif entry.winner and not entry.winner.startswith(f"{entry.device}.{entry.incarnation}."):
            notes.append(_note(entry.n, "superseded", "other-stands", "Somebody else's later entry stands."))
    return notes


def _note(n: int, status: str, reason: str, detail: str) -> dict[str, Any]:
    return {"n": n, "status": status, "reason": reason, "detail": detail}
