"""`options.choose`: what a student does in the options period of a week (policy 4.1)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from webapp.domain.operations import reward_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.rewards.options import judge_choice, judge_week
from webapp.domain.time.calendar import FRIDAY, is_week, monday_of
from webapp.models import OptionChoice, Student, db
from webapp.results.rewards import level_on
from webapp.school.calendar import load_calendar
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import find_student
from webapp.sync.operations.projected import put_right, take
from webapp.sync.operations.stored import applied

CHOOSE = reward_kinds.CHOOSE.name
KINDS = (CHOOSE,)

MISSING = ""
"""What stands for a choice that was left out, since null takes one back."""


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, _choose, revs)


def rebuild(revs: RevCounter) -> int:
    """Choose everything again; how many rows were wrong."""
    wanted: dict[tuple[int, str], dict[str, Any]] = {}
    for operation in applied(KINDS):
        chosen = _values(operation.by, operation.at, operation.body)
        key = chosen["student_id"], chosen["week"]
        if chosen["choice"] != (wanted[key]["choice"] if key in wanted else None):
            wanted[key] = chosen
    return put_right(OptionChoice, wanted, revs)


def _choose(entry: Entry) -> OptionChoice | Refusal | None:
    """The student's choice; None where it is this one already, which keeps its place."""
    student, week = find_student(entry.body.get("student")), entry.body.get("week")
    if student is None:
        return Refusal("no-such-student", "This student is not known at this school.")
    if not isinstance(week, str) or not is_week(week):
        return Refusal("no-such-week", "The week is missing, such as 2026-W10.")
    choice, standing = entry.body.get("choice", MISSING), db.session.get(OptionChoice, (student.id, week))
    if choice == (standing.choice if standing else None):
        return None
    # The school's clock, not the tablet's: a place is given when the school hears of it.
    day = local_date(entry.received)
    refusal = judge_week(week, day) or (None if choice is None else _judge(choice, student, week, day))
    return refusal or db.session.merge(OptionChoice(**_values(entry.by, entry.at, entry.body)))


def _judge(key: object, student: Student, week: str, day: date) -> Refusal | None:
    """Whether there is such a choice, it goes with the level, and it has room for one more."""
    if _is_early(week, day):
        return Refusal("too-early", "The level of that week is not known yet.")
    choice = school_pack().rewards.options.choice(key)
    level = level_on(student.id, max(day, monday_of(week)))
    return judge_choice(choice, level, _taken(choice.key, week, student) if choice else 0)


def _is_early(week: str, day: date) -> bool:
    """Whether the school week before this one, which may decide its level, still goes on."""
    before = load_calendar().weeks_before(week, 1)
    return any(day <= monday_of(one) + timedelta(days=FRIDAY - 1) for one in before)


def _taken(choice: str, week: str, student: Student) -> int:
    """The places that others hold."""
    query = select(func.count()).where(OptionChoice.choice == choice, OptionChoice.week == week)
    return db.session.scalar(query.where(OptionChoice.student_id != student.id)) or 0


def _values(by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `options.choose` says."""
    said = read(reward_kinds.Chosen, body)
    return {
        "student_id": int(said.student),
        "week": said.week,
        "choice": said.choice,
        "by": by,
        "at": at,
    }
