"""Limits on rewards, and what levels open: the reward room, the options period, the trip, the hall board, awards."""

from dataclasses import dataclass

from webapp.domain.access.duties import DESK as AT_DESK
from webapp.domain.access.rights import DESK, DESK_AND_LEADERS, HOLDERS, LEADERS, STAFF, TUTORS
from webapp.domain.operations.kind import (
    Alias,
    Day,
    Digest,
    EntryId,
    Flag,
    Key,
    Kind,
    Recording,
    Student,
    Students,
    Week,
    Window,
    Words,
)

LIMITS, REWARDS = "limits", "rewards"


@dataclass(kw_only=True)
class Capped:
    student: Student
    cap: Key
    from_: Day
    until: Day | None = None
    reason: Words


CAP = Kind(
    "reward.cap",
    "Limit on a reward",
    (Capped,),
    Recording(STAFF),
    waiting="A reward limited",
    section="limits",
    kept=LIMITS,
)


@dataclass(kw_only=True)
class Lifted:
    cap: EntryId


LIFT = Kind(
    "reward.lift",
    "Limit lifted",
    (Lifted,),
    Recording(LEADERS, own=STAFF),
    waiting="A limit lifted",
    section="limits",
    kept=LIMITS,
)


@dataclass(kw_only=True)
class Admitted:
    student: Student
    window: Window


ADMIT = Kind(
    "room.admit",
    "Let into the reward room",
    (Admitted,),
    Recording(STAFF),
    waiting="Let into the reward room",
    section="reward-room",
    kept=REWARDS,
)


@dataclass(kw_only=True)
class LeftRoom:
    admission: EntryId


LEAVE_ROOM = Kind(
    "room.leave",
    "Left the reward room",
    (LeftRoom,),
    Recording(STAFF),
    waiting="Left the reward room",
    section="reward-room",
    kept=REWARDS,
)


@dataclass(kw_only=True)
class Chosen:
    student: Student
    week: Week
    choice: Key | None


CHOOSE = Kind(
    "options.choose",
    "Options choice",
    (Chosen,),
    Recording(STAFF, own=HOLDERS),
    waiting="A choice for the options period",
    section="options",
    kept=REWARDS,
)


@dataclass(kw_only=True)
class Awarded:
    student: Student
    award: Key
    note: Words | None = None
    day: Day


AWARD = Kind(
    "pathway.award",
    "Award",
    (Awarded,),
    Recording(STAFF),
    waiting="An award",
    section="awards",
    kept=REWARDS,
)


@dataclass(kw_only=True)
class Withdrawn:
    award: EntryId


WITHDRAW = Kind(
    "pathway.withdraw",
    "Award taken back",
    (Withdrawn,),
    Recording(LEADERS, own=STAFF),
    waiting="An award taken back",
    section="awards",
    kept=REWARDS,
)


@dataclass(kw_only=True)
class Decided:
    half_term: Day
    picked: Students
    tied: Students
    why: Words


DECIDE = Kind(
    "trip.decide",
    "Trip decided",
    (Decided,),
    Recording(LEADERS, what="decide who goes on the trip", where=AT_DESK),
    section="trips",
)


@dataclass(kw_only=True)
class Named:
    student: Student
    alias: Alias | None = None
    opted_out: Flag


NAME = Kind(
    "board.name",
    "Name on the hall board",
    (Named,),
    Recording(DESK_AND_LEADERS, own=TUTORS, what="say who appears on the board", where=AT_DESK, of_students=True),
    section="identity",
    kept=REWARDS,
)


@dataclass(kw_only=True)
class Issued:
    student: Student
    digest: Digest


ISSUE = Kind(
    "card.issue",
    "Card issued",
    (Issued,),
    Recording(DESK, what="issue cards", where=AT_DESK),
    kept=REWARDS,
)
