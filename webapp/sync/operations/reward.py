"""`reward.cap` and `reward.lift`: a reward removed for a while, and given back (decision D5)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from webapp.domain.marks.levels import NO_LEVEL, LevelScale
from webapp.domain.operations import reward_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean
from webapp.domain.time.calendar import parse_day
from webapp.models import Cap, Operation, Student, db
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import find_student, judge_own
from webapp.sync.operations.projected import find, put_right, take
from webapp.sync.operations.stored import Stored, applied
from webapp.sync.tables.levels import recompute, renumber_this_week

CAP = reward_kinds.CAP.name
LIFT = reward_kinds.LIFT.name
KINDS = (CAP, LIFT)


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    scale = school_pack().scale
    caps = take(entries, lambda entry: _cap(entry, scale) if entry.kind == CAP else _lift(entry), revs)
    students = {cap.student_id for cap in caps}
    recompute(revs, students=students)
    renumber_this_week(revs, students)  # a cap that moves no level of a week may still count on one day of it


def rebuild(revs: RevCounter) -> int:
    """Set and lift every cap again; how many rows were wrong."""
    wanted: dict[str, dict[str, Any]] = {}
    for operation in applied(KINDS):
        if operation.kind == CAP:
            wanted[operation.id] = _values(operation.id, operation.by, operation.at, operation.body)
        elif (cap := wanted[read(reward_kinds.Lifted, operation.body).cap])["lifted"] is None:
            cap |= {"lifted": _lift_day(operation, cap["at"]), "lifted_by": operation.by}
    return put_right(Cap, wanted, revs)


def _cap(entry: Entry, scale: LevelScale) -> Cap | Refusal:
    refusal = judge_cap(entry.body, find_student(entry.body.get("student")), scale)
    return refusal or Cap(**_values(entry.id, entry.by, entry.at, entry.body))


def _values(cap: str, by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `reward.cap` says."""
    said = read(reward_kinds.Capped, body)
    return {
        "id": cap,
        "student_id": int(said.student),
        "cap": said.cap,
        "start": date.fromisoformat(said.from_),
        "until": parse_day(said.until),
        "reason": clean(said.reason),
        "by": by,
        "at": at,
        "lifted": None,
        "lifted_by": None,
    }


def _lift(entry: Entry) -> Cap | Refusal:
    cap = find(Cap, entry.body.get("cap"))
    if cap is None:
        return Refusal("no-such-cap", "There is no limit of this name.")
    detail = "Whoever set a limit lifts it, or one of the leaders."
    if refusal := judge_own(entry, cap.by, detail):
        return refusal
    if cap.lifted is None:  # lifting again says nothing new
        cap.lifted, cap.lifted_by = _lift_day(entry, cap.at), entry.by
    return cap


def _lift_day(lift: Entry | Stored, capped: datetime) -> date:
    """The day of a lift: never before the cap itself or anything else the person had seen, whatever the tablet's
    clock said, or weeks long over would change their level."""
    query = select(Operation.received).where(Operation.seq <= (lift.base or 0)).order_by(Operation.seq.desc())
    seen = db.session.scalar(query.limit(1)) or capped
    return local_date(max(lift.at, capped, seen))


def judge_cap(body: dict[str, Any], student: Student | None, scale: LevelScale) -> Refusal | None:
    """Whether a reward can be limited so: to a level below the highest or to none, from a day, with a reason."""
    allowed = [NO_LEVEL, *(rule.key for rule in scale.rules[1:])]
    start, until = parse_day(body.get("from")), parse_day(body.get("until"))
    if student is None:
        return Refusal("no-such-student", "This student is not known at this school.")
    if body.get("cap") not in allowed:
        return Refusal("no-such-cap", f"A reward can be limited to: {', '.join(allowed)}.")
    if start is None:
        return Refusal("no-such-day", "The day from which it holds is missing.")
    if body.get("until") is not None and (until is None or until < start):
        return Refusal("no-such-day", "The last day must be a day, and not before the first.")
    if not isinstance(body.get("reason"), str) or not clean(body["reason"]):
        return Refusal("no-reason", "A reason is needed. Only staff see it.")
    return None
