"""`card.issue`: a student's new card; the one before stops working."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from webapp.domain.operations import reward_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.models import Card, db
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import find_student
from webapp.sync.operations.projected import drop_strays, take, write_wrong
from webapp.sync.operations.stored import applied

ISSUE = reward_kinds.ISSUE.name
KINDS = (ISSUE,)

_DIGEST = re.compile("[0-9a-f]{64}")


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, _issue, revs)


def rebuild(revs: RevCounter) -> int:
    """Issue every card again; how many rows were wrong."""
    wanted: dict[int, dict[str, Any]] = {}
    for operation in applied(KINDS):
        card = _values(operation.by, operation.at, operation.body)
        standing = wanted.get(card["student_id"])
        if standing is None or standing["digest"] != card["digest"]:
            wanted[card["student_id"]] = card
    # No two rows may hold one digest, so a made up one makes way first.
    return drop_strays(Card, wanted) + write_wrong(Card, wanted, revs)


def _issue(entry: Entry) -> Card | Refusal | None:
    """The student's card; None where it is this one already."""
    digest = entry.body.get("digest")
    if find_student(entry.body.get("student")) is None:
        return Refusal("no-such-student", "This student is not known at this school.")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        return Refusal("no-digest", "What the school keeps of a card is missing. Make a new card.")
    card = _values(entry.by, entry.at, entry.body)
    holder = db.session.scalar(select(Card.student_id).where(Card.digest == digest))
    if holder is None:
        return db.session.merge(Card(**card))
    return None if holder == card["student_id"] else Refusal("card-taken", "This card is another student's.")


def _values(by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `card.issue` says."""
    said = read(reward_kinds.Issued, body)
    return {"student_id": int(said.student), "digest": said.digest, "by": by, "at": at}
