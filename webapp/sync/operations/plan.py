"""`plan.make` and `plan.end`: a weekly intervention in one of the spaces, and its end (clause 5)."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from webapp.domain.operations import space_kinds
from webapp.domain.operations.kind import read
from webapp.domain.refusal import Refusal
from webapp.domain.time.calendar import parse_day
from webapp.models import Plan
from webapp.policies.pack import CallRules
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.people import is_staff, known_students
from webapp.sync.operations.projected import find, put_right, take
from webapp.sync.operations.stored import Stored, applied

MAKE = space_kinds.MAKE_PLAN.name
END = space_kinds.END_PLAN.name
KINDS = (MAKE, END)

MOST_STUDENTS = 30

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

Faults = Iterator[tuple[str, Refusal]]
"""What is wrong with a body, each with the field it is about."""


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    take(entries, _change, revs)


def rebuild(revs: RevCounter) -> int:
    """Make and end every plan again; how many rows were wrong."""
    wanted: dict[str, dict[str, Any]] = {}
    for operation in applied(KINDS):
        if operation.kind == MAKE:
            wanted[operation.id] = _values(operation.id, operation.by, operation.at, operation.body)
        elif (plan := wanted[read(space_kinds.PlanEnded, operation.body).plan])["ended"] is None:
            plan["ended"] = _end_day(operation, plan["at"])
    return put_right(Plan, wanted, revs)


def faults(body: dict[str, Any]) -> Faults:
    """What stands against such a plan."""
    yield from _place_faults(body, school_pack().calls)
    yield from _time_faults(body)
    yield from _day_faults(body)
    yield from _people_faults(body)


def _change(entry: Entry) -> Plan | Refusal | None:
    return _make(entry) if entry.kind == MAKE else _end(entry)


def _make(entry: Entry) -> Plan | Refusal:
    for _, refusal in faults(entry.body):
        return refusal
    return Plan(**_values(entry.id, entry.by, entry.at, entry.body))


def _values(plan: str, by: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """What an accepted `plan.make` says."""
    said = read(space_kinds.Planned, body)
    return {
        "id": plan,
        "space": said.space,
        "kind": said.kind,
        "weekday": said.weekday,
        "starts": said.starts,
        "ends": said.ends,
        "first": date.fromisoformat(said.first),
        "last": parse_day(said.last),
        "staff": said.staff,
        "students": json.dumps(list(dict.fromkeys(said.students))),
        "by": by,
        "at": at,
        "ended": None,
    }


def _end(entry: Entry) -> Plan | Refusal | None:
    """The plan ended now; None where it had ended before, since ending again says nothing new."""
    plan = find(Plan, entry.body.get("plan"))
    if plan is None:
        return Refusal("no-such-plan", "There is no plan of this name.")
    if plan.ended is not None:
        return None
    plan.ended = _end_day(entry, plan.at)
    return plan


def _end_day(end: Entry | Stored, made: datetime) -> date:
    """The day of an end: never before the plan was made, whatever the tablet's clock said."""
    return local_date(max(end.at, made))


def _place_faults(body: dict[str, Any], calls: CallRules) -> Faults:
    space = calls.space(body.get("space"))
    if space is None:
        yield "space", Refusal("no-such-space", "The space is missing or not known at this school.")
    elif not space.planned:
        yield "space", Refusal("not-planned", f"{space.name} is kept free: no interventions are planned in it.")
    if body.get("kind") not in [choice.key for choice in calls.interventions]:
        yield "kind", Refusal("no-such-intervention", "The kind of intervention is missing or not one of the school's.")


def _time_faults(body: dict[str, Any]) -> Faults:
    weekday, starts, ends = body.get("weekday"), body.get("starts"), body.get("ends")
    if type(weekday) is not int or not 1 <= weekday <= 7:
        yield "weekday", Refusal("no-such-day", "The day of the week is missing.")
    if not _is_time(starts):
        yield "starts", Refusal("no-such-time", "The time at which it starts is missing, such as 10:40.")
    if not _is_time(ends):
        yield "ends", Refusal("no-such-time", "The time at which it ends is missing, such as 11:20.")
    elif _is_time(starts) and str(starts) >= str(ends):
        yield "ends", Refusal("no-such-time", "It must end later than it starts.")


def _is_time(value: object) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _day_faults(body: dict[str, Any]) -> Faults:
    first, last = parse_day(body.get("first")), parse_day(body.get("last"))
    if first is None:
        yield "first", Refusal("no-such-day", "The first day is missing.")
    if body.get("last") is not None and (last is None or (first is not None and last < first)):
        yield "last", Refusal("no-such-day", "The last day must be a day, and not before the first.")


def _people_faults(body: dict[str, Any]) -> Faults:
    if not is_staff(body.get("staff")):
        yield "staff", Refusal("no-such-staff", "The member of staff is missing or not known at this school.")
    students = body.get("students")
    if not isinstance(students, list) or not students:
        yield "students", Refusal("no-such-student", "At least one student is needed.")
    elif len(students) > MOST_STUDENTS:
        yield "students", Refusal("too-many", f"One plan is for at most {MOST_STUDENTS} students.")
    elif not _are_all_known(students):
        yield "students", Refusal("no-such-student", "One of the students is not known at this school.")


def _are_all_known(students: Sequence[object]) -> bool:
    known = known_students(students)
    return all(student in known for student in students)
