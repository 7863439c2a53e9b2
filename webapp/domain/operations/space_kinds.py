"""Reflection spaces: asks, stays and calls for help; interventions, students kept apart, and records."""

from dataclasses import dataclass

from webapp.domain.access.duties import DESK as AT_DESK
from webapp.domain.access.rights import DESK, DESK_AND_LEADERS, LEADERS, STAFF
from webapp.domain.operations.kind import (
    Day,
    EntryId,
    Flag,
    Key,
    Keys,
    Kind,
    Moment,
    Recording,
    StaffId,
    Student,
    Students,
    TimeOfDay,
    Whole,
    Words,
)

HELP = Recording(STAFF)
"""Help never waits for the right person."""

PLANNING = Recording(DESK, what="plan interventions", where=AT_DESK)
KEEPING_APART = Recording(DESK_AND_LEADERS, what="decide who is kept apart", where=AT_DESK)

STAYS = "stays"


@dataclass(kw_only=True)
class Asked:
    space: Key
    student: Student
    why: Key | None = None


ASK = Kind("space.ask", "Ask for a space", (Asked,), HELP, waiting="Asked for", section=STAYS)


@dataclass(kw_only=True)
class Entered:
    space: Key
    student: Student
    staff: StaffId | None = None
    ask: EntryId | None = None
    when: Moment | None = None
    why: Key | None = None


ENTER = Kind("space.enter", "Entered a space", (Entered,), HELP, waiting="Went into", section=STAYS)


@dataclass(kw_only=True)
class Left:
    stay: EntryId
    free_to_leave: Flag
    helped: Keys | None = None
    note: Words | None = None
    when: Moment | None = None


LEAVE = Kind("space.leave", "Left the space", (Left,), HELP, waiting="Left", section=STAYS)


@dataclass(kw_only=True)
class HandedOver:
    stay: EntryId
    staff: StaffId | None


HANDOVER = Kind("space.handover", "Handed over", (HandedOver,), HELP, waiting="Handed over in", section=STAYS)


@dataclass(kw_only=True)
class Cancelled:
    ask: EntryId


CANCEL = Kind("space.cancel", "Ask cancelled", (Cancelled,), HELP, waiting="Took back an ask for", section=STAYS)


@dataclass(kw_only=True)
class Heard:
    call: EntryId


ACK = Kind("space.ack", "Heard a call", (Heard,), HELP, waiting="Heard a call", section=STAYS)


@dataclass(kw_only=True)
class Called:
    space: Key | None = None
    place: Words | None = None
    message: Words | None = None


ASSIST = Kind("space.assist", "Call for help", (Called,), HELP, waiting="Called for help", section=STAYS)


@dataclass(kw_only=True)
class Corrected:
    stay: EntryId
    why: Words
    space: Key | None = None
    student: Student | None = None
    staff: StaffId | None = None
    entered: Moment | None = None
    left: Moment | None = None
    free_to_leave: Flag | None = None


CORRECT = Kind(
    "space.correct",
    "Stay corrected",
    (Corrected,),
    Recording(DESK_AND_LEADERS, what="correct what others recorded", where=AT_DESK),
    section=STAYS,
)


@dataclass(kw_only=True)
class Planned:
    space: Key
    kind: Key
    weekday: Whole
    starts: TimeOfDay
    ends: TimeOfDay
    first: Day
    last: Day | None = None
    staff: StaffId | None
    students: Students


MAKE_PLAN = Kind("plan.make", "Intervention planned", (Planned,), PLANNING, section="interventions")


@dataclass(kw_only=True)
class PlanEnded:
    plan: EntryId


END_PLAN = Kind("plan.end", "Intervention ended", (PlanEnded,), PLANNING, section="interventions")


@dataclass(kw_only=True)
class SetApart:
    students: Students
    reason: Words


SET_APART = Kind("apart.set", "Kept apart", (SetApart,), KEEPING_APART, section="apart")


@dataclass(kw_only=True)
class ApartEnded:
    pair: EntryId


END_APART = Kind("apart.end", "Kept apart no longer", (ApartEnded,), KEEPING_APART, section="apart")


@dataclass(kw_only=True)
class Completed:
    record: EntryId


COMPLETE = Kind(
    "restraint.complete",
    "Record completed",
    (Completed,),
    Recording(LEADERS, what="complete these records", where=AT_DESK),
    section="restrictive-interventions",
)
