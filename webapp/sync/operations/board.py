"""`board.name`: by which name a student appears on the hall board, or that they do not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from webapp.domain.operations import reward_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean
from webapp.models import BoardName, db
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import find_student
from webapp.sync.operations.projected import put_right, take
from webapp.sync.operations.stored import applied

NAME = reward_kinds.NAME.name
KINDS = (NAME,)

LONGEST_ALIAS = 30


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, _name, revs)


def rebuild(revs: RevCounter) -> int:
    """Name everybody again; how many rows were wrong."""
    named = (_values(operation.by, operation.at, operation.body) for operation in applied(KINDS))
    return put_right(BoardName, {name["student_id"]: name for name in named}, revs)


def _name(entry: Entry) -> BoardName | Refusal:
    alias = entry.body.get("alias")
    if find_student(entry.body.get("student")) is None:
        return Refusal("no-such-student", "This student is not known at this school.")
    if alias is not None and (not isinstance(alias, str) or len(clean(alias)) > LONGEST_ALIAS):
        return Refusal("no-such-name", f"A name on the board has at most {LONGEST_ALIAS} letters.")
    if not isinstance(entry.body.get("opted_out"), bool):
        return Refusal("no-answer", "Say whether the student stays off the board.")
    return db.session.merge(BoardName(**_values(entry.by, entry.at, entry.body)))


def _values(by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `board.name` says."""
    said = read(reward_kinds.Named, body)
    return {
        "student_id": int(said.student),
        "alias": clean(said.alias or "") or None,
        "opted_out": said.opted_out,
        "by": by,
        "at": at,
    }
