"""`trip.decide`: whom a leader picks among those tied for the last places of a half term's trip (D6)."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeGuard

from webapp.domain.operations import reward_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.rewards.trip import TripList
from webapp.domain.text.text import clean
from webapp.models import TripDecision, db
from webapp.results.half_term import beginning_on
from webapp.results.trip import trip_of
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.projected import put_right, take
from webapp.sync.operations.stored import applied

DECIDE = reward_kinds.DECIDE.name
KINDS = (DECIDE,)


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, _decide, revs)


def rebuild(revs: RevCounter) -> int:
    """Decide again; how many rows were wrong."""
    decided = (_values(operation.by, operation.at, operation.body) for operation in applied(KINDS))
    return put_right(TripDecision, {decision["half_term"]: decision for decision in decided}, revs)


def _decide(entry: Entry) -> TripDecision | Refusal:
    half_term, why = beginning_on(entry.body.get("half_term")), entry.body.get("why")
    if half_term is None:
        return Refusal("no-such-half-term", "No half term begins on that day.")
    if not isinstance(why, str) or not clean(why):
        return Refusal("no-reason", "A reason is needed. Only staff see it.")
    refusal = judge_picked(entry.body, trip_of(half_term, entry.received).found)
    return refusal or db.session.merge(TripDecision(**_values(entry.by, entry.at, entry.body)))


def judge_picked(body: dict[str, Any], found: TripList) -> Refusal | None:
    """Whether the leader saw who is tied now, and picked as many of them as there are places left."""
    tied = [str(student) for student in found.tied]
    seen, picked = body.get("tied"), body.get("picked")
    if not tied or not _are_among(seen, tied) or set(seen) != set(tied):
        return Refusal("not-tied", "Those tied for the last places are others now. Look at the list again.")
    if not _are_among(picked, tied):
        return Refusal("not-tied", "Only students who are tied for the last places can be picked.")
    if len(picked) != found.places_left or len(set(picked)) != found.places_left:
        return Refusal("wrong-number", f"Pick exactly {found.places_left}, since so many places are left.")
    return None


def _are_among(students: object, tied: Sequence[str]) -> TypeGuard[list[str]]:
    return isinstance(students, list) and all(student in tied for student in students)


def _values(by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `trip.decide` says."""
    said = read(reward_kinds.Decided, body)
    return {
        "half_term": date.fromisoformat(said.half_term),
        "picked": _listed(said.picked),
        "tied": _listed(set(said.tied)),
        "why": clean(said.why),
        "by": by,
        "at": at,
    }


def _listed(students: Iterable[str]) -> str:
    return json.dumps(sorted(set(students), key=int))
