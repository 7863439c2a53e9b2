"""Whether the tablet may be in other hands than those it is held in."""

from collections.abc import Sequence
from datetime import datetime

from webapp.domain.time.moment import instant
from webapp.domain.wire.school import LessonRow
from webapp.floor.both.parts.facts import local_day, teachers

FLOOR = "floor"


def is_doubtful(lessons: Sequence[LessonRow], duty: str, staff: str, sure: str, now: datetime, lesson: str) -> bool:
    """Whether to ask "Still Jo Reid?" of a tablet that `staff` holds: theirs for sure it was at the instant `sure`
    ("": nobody knows). `lessons` are today's, `lesson` is the id of the one that is looked at, or "".

    After a night anybody may have it. On the floor so they may after a lesson that somebody else teaches while they
    teach none, and as soon as it has begun where it is the one looked at. Within a run of their own lessons, and in
    the breaks between, nothing is asked.
    """
    if sure == "" or local_day(datetime.fromisoformat(sure)) != local_day(now):
        return True
    if duty != FLOOR:
        return False
    moment = instant(now)
    own = [row for row in lessons if staff in teachers(row)]
    taught = [row for row in lessons if any(teachers(row))]
    others = [row for row in taught if not any(overlap(row, one) for one in own)]
    over = any(sure < row["ends"] <= moment for row in others)
    return over or any(row["id"] == lesson and sure < row["starts"] <= moment for row in others)


def overlap(one: LessonRow, other: LessonRow) -> bool:
    return one["starts"] < other["ends"] and other["starts"] < one["ends"]
