"""The operation log: the one way anything people do is written.

`append` stores every operation it is given, in order, with a verdict; the tables that pages read follow in the
same transaction. Refusing is a verdict too: a refused operation is stored with its reason and blocks nothing. What
nobody can know to be its author's is put aside instead, and blocks nothing either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import instant
from webapp.models import Device, Operation, Quarantined, db, insert_rows
from webapp.models.operation import APPLIED, REFUSED
from webapp.school import clock
from webapp.sync import operations
from webapp.sync.log import quarantine
from webapp.sync.log.aliases import aliases, read_with
from webapp.sync.log.authors import is_aside, judge_authors
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.attention import ACCEPT
from webapp.sync.operations.ids import is_written, named_in, number
from webapp.sync.protocol.wire import as_text, digest


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation of the school's own (a browser, an import) before it has a number.

    Drafts of one tap share their `wall`, which is `at` unless given.
    """

    kind: str
    by: str
    body: dict[str, Any]
    at: datetime
    replaces: str | None = None
    wall: str | None = None


def submit(revs: RevCounter, device: Device, drafts: Sequence[Draft]) -> list[Refusal | None]:
    """Append drafts of one of the school's own devices; one verdict each, None where it was applied.

    Goes inside `with writing() as revs`. People at the school's own pages have seen all there is.
    """
    received = clock.now()
    base = revs.last
    entries = [
        _from_draft(draft, device, revs.next(), device.upto + i, base, received)
        for i, draft in enumerate(drafts, start=1)
    ]
    append(revs, device, entries)
    return [entry.refusal for entry in entries]


def _from_draft(draft: Draft, device: Device, seq: int, n: int, base: int, received: datetime) -> Entry:
    wall = draft.wall or instant(draft.at)
    text = as_text(draft.body)
    return Entry(
        seq,
        device.id,
        device.incarnation,
        n,
        draft.kind,
        draft.by,
        wall,
        draft.at,
        received,
        draft.body,
        text,
        base,
        draft.replaces,
        digest(draft.kind, draft.by, wall, text, draft.replaces),
    )


def append(revs: RevCounter, device: Device, entries: Sequence[Entry]) -> None:
    """Judge, apply and store entries whose numbers follow on from `device.upto`; sets `refusal` and `winner`."""
    if entries:
        _store(revs, device, entries)
        device.upto = entries[-1].n


def _store(revs: RevCounter, device: Device, entries: Sequence[Entry]) -> None:
    judge(revs, device, entries)
    insert_rows(Operation, [_row(entry) for entry in entries if not is_aside(entry.refusal)])
    _put_aside(device, [entry for entry in entries if is_aside(entry.refusal)])
    for entry in entries:
        if entry.kind == ACCEPT and not entry.refusal:
            _store_accepted(revs, entry)


def _put_aside(device: Device, entries: Sequence[Entry]) -> None:
    """Keep what nobody can know to be its author's. Its number is used up, and under it it can still be accepted."""
    for reason, alike in groupby(entries, key=lambda entry: entry.refusal and entry.refusal.reason):
        quarantine.keep(device, list(alike), device.incarnation, reason or "")


def judge(revs: RevCounter, device: Device, entries: Sequence[Entry]) -> None:
    """Refuse what nobody with a right to it recorded, ask the nouns about the rest, and write what follows. What was
    recorded of a student who became one with another is about that one; its text stays as it was sent."""
    known = aliases()
    for entry in entries:
        entry.body = read_with(known, entry.kind, entry.body)
    judge_authors(device, entries)
    for handler, run in _runs([entry for entry in entries if not entry.refusal]):
        handler.apply(run, revs)


def _store_accepted(revs: RevCounter, accepting: Entry) -> None:
    """Let what was put aside into the log, by the same rules as everything else and under its own number."""
    item = db.session.get_one(Quarantined, number(accepting.body["quarantined"]))
    device = db.session.get_one(Device, item.device_id)
    _store(revs, device, [quarantine.entry_of(item, revs.next(), accepting.received)])


def _runs(entries: Sequence[Entry]) -> Iterator[tuple[operations.Handler, list[Entry]]]:
    """Neighbours that one handler answers for, judged together; across handlers the order is kept."""
    for handler, run in groupby(entries, key=lambda entry: operations.HANDLERS[entry.kind]):
        yield handler, list(run)


def _row(entry: Entry) -> dict[str, Any]:
    refusal = entry.refusal
    return {
        "seq": entry.seq,
        "device_id": entry.device,
        "incarnation": entry.incarnation,
        "n": entry.n,
        "kind": entry.kind,
        "by": entry.by,
        "wall": entry.wall,
        "at": entry.at,
        "unsure": entry.unsure,
        "received": entry.received,
        "body": entry.text,
        "base": entry.base,
        "replaces": entry.replaces,
        "digest": entry.digest,
        "subject": entry.subject or named_in(entry.kind, entry.body),
        "written": is_written(entry.kind, entry.body),
        "status": REFUSED if refusal else APPLIED,
        "reason": refusal and refusal.reason,
        "detail": refusal and refusal.detail,
        "rev": entry.seq,
    }


def own_device(key: str) -> Device:
    """One of the school's own writers, "browser" or "import"."""
    return db.session.get_one(Device, key)
