"""Attendance by student and half term, as the desk, the leaders and tutors read it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from webapp.domain.attendance.tally import Tally, share_words
from webapp.domain.time.calendar import Span
from webapp.models import Student, db
from webapp.office.parts import spans
from webapp.office.students.students import group_names
from webapp.results.register import NONE, by_half_term, tallies
from webapp.school.calendar import load_calendar
from webapp.school.clock import today
from webapp.school.scope import Scope


class Chosen(NamedTuple):
    """The days and the group that are asked for, "" if there is none, with its students on roll in these days."""

    span: Span
    group: str
    students: Sequence[Student]


def choose(args: Mapping[str, str], mine: Scope) -> Chosen:
    """What an address or a form asks for, else the half term and the first group."""
    span = spans.choose(args, load_calendar(), today()).span
    groups = _groups(mine)
    group = next((id for id, _ in groups if id == args.get("group")), groups[0][0] if groups else "")
    of_group = db.session.scalars(select(Student).where(Student.group_id == group))
    students = [one for one in of_group if not one.is_former and one.on_roll(span.start, span.end)]
    return Chosen(span, group, sorted(students, key=lambda student: (student.sort, student.id)))


def page(chosen: Chosen, mine: Scope) -> dict[str, Any]:
    """A group's students with what is counted of the days that are asked for."""
    counted = tallies(chosen.span, [student.id for student in chosen.students])
    return {
        "spans": [(choice["value"], choice["name"]) for choice in spans.choices(load_calendar())],
        "span": spans.value_of(chosen.span),
        "name": chosen.span.name,
        "groups": _groups(mine),
        "group": chosen.group,
        "is_there": bool(counted),
        "rows": [{"name": one.name, **row_of(counted.get(one.id, NONE))} for one in chosen.students],
    }


def _groups(mine: Scope) -> list[tuple[str, str]]:
    """Those that somebody is registered in."""
    used = set(db.session.scalars(select(Student.group_id).distinct()))
    return [(id, name) for id, name in group_names().items() if id in used and mine.has_group(id)]


def half_terms(student: Student) -> list[dict[str, Any]]:
    """A student's half terms of which there is a register, the latest first."""
    found = by_half_term(student.id, load_calendar().half_terms)
    return [{"name": span.name, **row_of(counts)} for span, counts in reversed(found)]


def row_of(counts: Tally) -> dict[str, Any]:
    """What is counted, in words."""
    minutes = f" ({counts.minutes} min)" if counts.minutes else ""
    return {
        "present": f"{counts.present} of {counts.possible}",
        "share": share_words(counts.share),
        "authorised": counts.authorised,
        "unauthorised": counts.unauthorised,
        "lates": f"{counts.lates}{minutes}",
    }
