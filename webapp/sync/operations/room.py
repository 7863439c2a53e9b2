"""`room.admit` and `room.leave`: who was in the reward room in which pause (policy 4.1)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from webapp.domain.access.tenure import is_long_ago
from webapp.domain.operations import reward_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.time.calendar import parse_day
from webapp.models import Admission, db
from webapp.results.rewards import level_on
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import find_student
from webapp.sync.operations.projected import find, put_right, take
from webapp.sync.operations.stored import applied

ADMIT = reward_kinds.ADMIT.name
LEAVE = reward_kinds.LEAVE_ROOM.name
KINDS = (ADMIT, LEAVE)


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, lambda entry: _admit(entry) if entry.kind == ADMIT else _leave(entry, revs), revs)


def rebuild(revs: RevCounter) -> int:
    """Let everybody in and out again; how many rows were wrong."""
    wanted: dict[str, dict[str, Any]] = {}
    pauses: defaultdict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for operation in applied(KINDS):
        if operation.kind == ADMIT:
            admission = _values(operation.id, operation.by, operation.at, operation.body)
            pause = pauses[admission["student_id"], admission["window"]]
            wanted[operation.id] = admission | {"again": any(one["left"] is None for one in pause)}
            pause.append(wanted[operation.id])
        elif (admission := wanted[read(reward_kinds.LeftRoom, operation.body).admission])["left"] is None:
            left = max(operation.at, admission["at"])
            for one in pauses[admission["student_id"], admission["window"]]:
                if one["left"] is None and one["at"] <= left:
                    one["left"] = left
    return put_right(Admission, wanted, revs)


def _admit(entry: Entry) -> Admission | Refusal:
    """Judged by the level on the day of the pause, however late the entry arrives."""
    room = school_pack().rewards.room
    student, day = find_student(entry.body.get("student")), _day_of(entry.body.get("window"), room.windows)
    if student is None:
        return Refusal("no-such-student", "This student is not known at this school.")
    if day is None:
        return Refusal("no-such-window", f"The {room.name.lower()} opens at {' and '.join(room.windows)} only.")
    if day > local_date(entry.received):
        return Refusal("no-such-day", "That day has not come yet.")
    if is_long_ago(day, local_date(entry.at)):
        return Refusal("no-such-day", "That day is too long ago.")
    if level_on(student.id, day) not in room.levels:
        return Refusal("not-entitled", f"The level on that day does not open the {room.name.lower()}.")
    values = _values(entry.id, entry.by, entry.at, entry.body)
    return Admission(**values | {"again": bool(_inside(student.id, values["window"]))})


def _day_of(window: object, pauses: Sequence[str]) -> date | None:
    """The day of a window such as "2026-03-03/break", if the room opens in that pause."""
    day, _, pause = window.partition("/") if isinstance(window, str) else ("", "", "")
    return parse_day(day) if pause in pauses else None


def _values(admission: str, by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `room.admit` says, all but whether the student was inside already."""
    said = read(reward_kinds.Admitted, body)
    return {
        "id": admission,
        "student_id": int(said.student),
        "window": said.window,
        "day": parse_day(said.window.partition("/")[0]),
        "by": by,
        "at": at,
        "left": None,
    }


def _leave(entry: Entry, revs: RevCounter) -> Admission | Refusal | None:
    """The student left, whichever of two doors let them in; None where they had, since that says nothing new."""
    admission = find(Admission, entry.body.get("admission"))
    if admission is None:
        return Refusal("no-such-admission", "Nobody was let in under this name.")
    if admission.left is not None:
        return None
    left = max(entry.at, admission.at)  # whatever the tablet's clock said
    for one in _inside(admission.student_id, admission.window):
        if one is not admission and one.at <= left:
            one.left, one.rev = left, revs.next()
    admission.left = left
    return admission


def _inside(student: int, window: str) -> Sequence[Admission]:
    """The admissions of a student and window that nobody ended."""
    query = select(Admission).where(Admission.student_id == student, Admission.window == window)
    return db.session.scalars(query.where(Admission.left.is_(None)).order_by(Admission.rev)).all()
