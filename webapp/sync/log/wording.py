"""Taking people out of what was written in the log: the words about them, and their names in words about others.

The entries stay as they are in all else, since others depend on them: a stay took a place, a pair has another side.
What follows from a changed entry is made again from the log, as `rebuild` does.
"""

import json
from collections.abc import Callable, Collection
from typing import Any, Final

from sqlalchemy import select, update

from webapp.domain.operations import KINDS
from webapp.domain.operations.mark_kinds import SCORE
from webapp.domain.operations.space_kinds import ASSIST
from webapp.models import Apart, Operation, Quarantined, Stay, Student, db
from webapp.models.operation import REFUSED
from webapp.models.people import FORMER
from webapp.sync import operations
from webapp.sync.log.aliases import ids_of
from webapp.sync.log.erasing import hollow
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import word
from webapp.sync.operations.stored import Stored, applied
from webapp.sync.protocol.wire import as_text

WRITTEN: Final = tuple(kind.name for kind in KINDS.values() if kind.free_text)
"""The kinds in which people write in their own words."""

Free = Callable[[str], str]
"""A text without the names of those who are taken out."""


def take_out(students: Collection[int], free: Free, revs: RevCounter) -> None:
    """Empty what was written about the stays of these students, who are former by now, and about pairs of whom nobody
    is known any more; take their names out of everything else. Inside `with writing() as revs`."""
    theirs = _theirs(students)

    def written_anew(entry: Stored, text: str) -> str:
        return "" if entry.id in theirs or word(entry.body.get("stay")) in theirs else free(text)

    _write_anew(WRITTEN, written_anew, revs)
    _clean_refused({str(student) for student in ids_of(students)}, free, revs)
    for item in db.session.scalars(select(Quarantined)):
        item.content = json.dumps(_deep(json.loads(item.content), free))


def empty_calls(calls: Collection[str], revs: RevCounter) -> None:
    """Empty what was said in these calls for help. Inside `with writing() as revs`."""
    _write_anew((ASSIST.name,), lambda entry, text: "" if entry.id in calls else text, revs)


def _theirs(students: Collection[int]) -> set[str]:
    """The stays of these students, and pairs of two former ones."""
    former = select(Student.id).where(Student.upn.startswith(FORMER))
    stays = select(Stay.id).where(Stay.student.in_(students))
    pairs = select(Apart.id).where(Apart.one.in_(former), Apart.other.in_(former))
    return set(db.session.scalars(stays.union(pairs)))


def _write_anew(kinds: Collection[str], write: Callable[[Stored, str], str], revs: RevCounter) -> None:
    changed = set()
    for entry in list(applied(kinds, Operation.written.is_(True))):
        texts = {key: text for key in KINDS[entry.kind].free_text if isinstance(text := entry.body.get(key), str)}
        anew = {key: write(entry, text) for key, text in texts.items()}
        if anew != texts:
            _store(entry.seq, entry.body | anew)
            changed.add(entry.kind)
    _follow(changed, revs)


def _store(seq: int, body: Any, **other: Any) -> None:
    """Change what an operation says. Its digest stays, by which it is known if it is sent again."""
    db.session.execute(update(Operation).where(Operation.seq == seq).values(body=as_text(body), **other))


def _follow(kinds: Collection[str], revs: RevCounter) -> None:
    """Make again what follows from these kinds. From marks nothing does that somebody wrote."""
    for noun in operations.ALL:
        if SCORE.name not in noun.KINDS and not set(kinds).isdisjoint(noun.KINDS):
            noun.rebuild(revs)


def _clean_refused(keys: Collection[str], free: Free, revs: RevCounter) -> None:
    """What was refused may say anything anywhere, and its tablet lists it. About these students it goes."""
    refused = select(Operation.seq, Operation.body).where(Operation.status == REFUSED)
    found = [(seq, json.loads(text)) for seq, text in db.session.execute(refused)]
    hollow([seq for seq, body in found if word(body.get("student")) in keys], revs)
    for seq, body in found:
        if word(body.get("student")) not in keys and (cleaned := _deep(body, free)) != body:
            _store(seq, cleaned, rev=revs.next())


def _deep(value: Any, free: Free) -> Any:
    """The same with every text in it freed."""
    if isinstance(value, dict):
        return {key: _deep(inner, free) for key, inner in value.items()}
    if isinstance(value, list):
        return [_deep(inner, free) for inner in value]
    return free(value) if isinstance(value, str) else value
