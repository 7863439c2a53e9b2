"""The operation log: the one way anything people do is written.

`append` stores every operation it is given, in order, with a verdict; the tables that pages read follow in the
same transaction. Refusing is a verdict too: a refused operation is stored with its reason and blocks nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select

from webapp import clock
from webapp.domain.moment import instant
from webapp.domain.operation_rights import OPERATIONS
from webapp.domain.refusal import Refusal
from webapp.domain.rights import CARD_HOLDER
from webapp.models import Device, Operation, Quarantined, Restoration, Staff, db, insert_rows
from webapp.models.device import BROWSER, IMPORT, OWN_DEVICES
from webapp.models.operation import APPLIED, REFUSED
from webapp.sync import operations
from webapp.sync.entry import Entry
from webapp.sync.operations.attention import ACCEPT
from webapp.sync.operations.ids import number
from webapp.sync.operations.people import is_staff
from webapp.sync.quarantine import entry_of
from webapp.sync.sequence import Sequence as Numbers
from webapp.sync.sign_ins import SIGN_IN_LIFE, holders_of
from webapp.sync.wire import as_text, digest


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


def submit(numbers: Numbers, device: Device, drafts: Sequence[Draft]) -> list[Refusal | None]:
    """Append drafts of one of the school's own devices; one verdict each, None where it was applied.

    Goes inside `with writing() as numbers`. People at the school's own pages have seen all there is.
    """
    received = clock.now()
    base = numbers.last
    entries = [
        _from_draft(draft, device, numbers.next(), device.upto + i, base, received)
        for i, draft in enumerate(drafts, start=1)
    ]
    append(numbers, device, entries)
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


def append(numbers: Numbers, device: Device, entries: Sequence[Entry]) -> None:
    """Judge, apply and store entries whose numbers follow on from `device.upto`; sets `refusal` and `winner`."""
    if entries:
        _store(numbers, device, entries)
        device.upto = entries[-1].n


def _store(numbers: Numbers, device: Device, entries: Sequence[Entry]) -> None:
    judge(numbers, device, entries)
    insert_rows(Operation, [_row(entry) for entry in entries])
    for entry in entries:
        if entry.kind == ACCEPT and not entry.refusal:
            _store_accepted(numbers, entry)


def judge(numbers: Numbers, device: Device, entries: Sequence[Entry]) -> None:
    """Refuse what nobody with a right to it recorded, ask the nouns about the rest, and write what follows."""
    _refuse_strangers(device, entries)
    for noun, run in _runs([entry for entry in entries if not entry.refusal]):
        noun.apply(run, numbers)


def _store_accepted(numbers: Numbers, accepting: Entry) -> None:
    """Let what was put aside into the log, by the same rules as everything else and under its own number."""
    item = db.session.get_one(Quarantined, number(accepting.body["quarantined"]))
    device = db.session.get_one(Device, item.device_id)
    _store(numbers, device, [entry_of(item, numbers.next(), accepting.received)])


def _runs(entries: Sequence[Entry]) -> Iterator[tuple[operations.Noun, list[Entry]]]:
    """Neighbours that one noun answers for, judged together; across nouns the order is kept."""
    for noun, run in groupby(entries, key=lambda entry: operations.NOUNS[entry.kind]):
        yield noun, list(run)


def _unknown(entry: Entry) -> Refusal:
    return Refusal("unknown-kind", f"This school does not know entries of kind “{entry.kind}” yet.")


NOT_SIGNED_IN = Refusal("not-signed-in", "The person named was not signed in on this tablet.")
SIGN_IN_ENDED = Refusal("sign-in-ended", "The sign-in on this tablet had ended. Sign in again and repeat it.")


def _refuse_strangers(device: Device, entries: Sequence[Entry]) -> None:
    """Refuse what is by somebody who is not signed in there, or whose role does not give it (`domain/rights.py`)."""
    if device.id == IMPORT:
        return  # whoever runs the school's commands
    authors = _authors(device, entries)
    for entry in entries:
        if not entry.refusal:
            entry.refusal = _judge_author(entry, _author_of(entry, device, authors))


Author = tuple[str, datetime | None]
"""Somebody's role, and until when they may record."""


def _authors(device: Device, entries: Sequence[Entry]) -> dict[str, Author]:
    """Who may record on a device."""
    if device.id == BROWSER:
        roles = select(Staff.id, Staff.role).where(Staff.id.in_({entry.by for entry in entries}))
        card_holder: dict[str, Author] = {CARD_HOLDER: (CARD_HOLDER, None)}
        return card_holder | {key: (role, None) for key, role in db.session.execute(roles)}
    return {staff: (holder.role, holder.until) for staff, holder in holders_of(device).items()}


def _author_of(entry: Entry, device: Device, authors: Mapping[str, Author]) -> Author | None:
    author = authors.get(entry.by)
    is_valid = author and (author[1] is None or entry.at <= author[1])
    return author if is_valid or device.id in OWN_DEVICES else _forgotten(entry) or author


def _forgotten(entry: Entry) -> Author | None:
    """Somebody on the staff whose sign-in may be one that a restore took: made after the backup, and not ended yet."""
    query = select(Restoration).where(Restoration.made <= entry.at, Restoration.at >= entry.at - SIGN_IN_LIFE)
    if db.session.scalar(query.limit(1)) is None or not is_staff(entry.by):
        return None
    staff = db.session.get_one(Staff, entry.by)
    return (staff.role, None) if staff.is_here(clock.local_date(entry.at)) else None


def _judge_author(entry: Entry, author: Author | None) -> Refusal | None:
    """Also notes in `entry.only_own` whether the author's role gives no more than that."""
    if author is None:
        return NOT_SIGNED_IN
    role, until = author
    if until and entry.at > until:
        return SIGN_IN_ENDED
    right = OPERATIONS.get(entry.kind)
    if right is None:
        return _unknown(entry)
    entry.only_own = right.only_own(role)
    return None if right.allows(role) else right.refusal()


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
        "received": entry.received,
        "body": entry.text,
        "base": entry.base,
        "replaces": entry.replaces,
        "digest": entry.digest,
        "subject": entry.subject,
        "status": REFUSED if refusal else APPLIED,
        "reason": refusal and refusal.reason,
        "detail": refusal and refusal.detail,
        "rev": entry.seq,
    }


def own_device(key: str) -> Device:
    """One of the school's own writers, "browser" or "import"."""
    return db.session.get_one(Device, key)
