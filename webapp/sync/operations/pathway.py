"""`pathway.award` and `pathway.withdraw`: rewards on a student's own pathway, for key stages without levels."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from webapp.domain.operations import reward_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean
from webapp.domain.time.calendar import parse_day
from webapp.models import Award
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import find_student, judge_own
from webapp.sync.operations.projected import find, put_right, take
from webapp.sync.operations.stored import applied

AWARD = reward_kinds.AWARD.name
WITHDRAW = reward_kinds.WITHDRAW.name
KINDS = (AWARD, WITHDRAW)

LONGEST_NOTE = 200


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, lambda entry: _award(entry) if entry.kind == AWARD else _withdraw(entry), revs)


def rebuild(revs: RevCounter) -> int:
    """Give and withdraw every award again; how many rows were wrong."""
    wanted: dict[str, dict[str, Any]] = {}
    for operation in applied(KINDS):
        if operation.kind == AWARD:
            wanted[operation.id] = _values(operation.id, operation.by, operation.at, operation.body)
        elif (award := wanted[read(reward_kinds.Withdrawn, operation.body).award])["withdrawn_at"] is None:
            award |= {"withdrawn_at": max(operation.at, award["at"]), "withdrawn_by": operation.by}
    return put_right(Award, wanted, revs)


def _award(entry: Entry) -> Award | Refusal:
    pathway, today = school_pack().rewards.pathway, local_date(entry.received)
    student, day = find_student(entry.body.get("student")), parse_day(entry.body.get("day"))
    note = entry.body.get("note")
    if student is None:
        return Refusal("no-such-student", "This student is not known at this school.")
    if student.key_stage not in pathway.key_stages:
        return Refusal("not-on-a-pathway", "In this key stage levels are earned instead.")
    if pathway.award(entry.body.get("award")) is None:
        return Refusal("no-such-award", "There is no such award on the pathway.")
    if note is not None and (not isinstance(note, str) or len(clean(note)) > LONGEST_NOTE):
        return Refusal("no-note", f"What it was for takes at most {LONGEST_NOTE} letters.")
    if day is None or day > today:
        return Refusal("no-such-day", "The day is missing, or has not come yet.")
    return Award(**_values(entry.id, entry.by, entry.at, entry.body))


def _values(award: str, by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `pathway.award` says."""
    said = read(reward_kinds.Awarded, body)
    return {
        "id": award,
        "student_id": int(said.student),
        "award": said.award,
        "note": clean(said.note or ""),
        "day": date.fromisoformat(said.day),
        "by": by,
        "at": at,
        "withdrawn_at": None,
        "withdrawn_by": None,
    }


def _withdraw(entry: Entry) -> Award | Refusal | None:
    """The award taken back; None where it had been, since that says nothing new."""
    award = find(Award, entry.body.get("award"))
    if award is None:
        return Refusal("no-such-award", "There is no award of this name.")
    if refusal := judge_own(entry, award.by, "Whoever gave it can withdraw it, or one of the leaders."):
        return refusal
    if award.withdrawn_at is not None:
        return None
    award.withdrawn_at, award.withdrawn_by = max(entry.at, award.at), entry.by
    return award
