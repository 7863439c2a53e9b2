"""Attendance by student and half term, as the desk, the leaders and tutors read it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.domain.attendance.tally import Tally, share_words
from webapp.domain.text.words import count_words
from webapp.models import Student, db
from webapp.office.parts import spans
from webapp.office.students.students import group_names
from webapp.results.attendance import NONE, by_half_term, tallies
from webapp.school.calendar import load_calendar
from webapp.school.clock import today
from webapp.school.scope import Scope


def page(args: Mapping[str, str], mine: Scope) -> dict[str, Any]:
    """A group's students with what is counted of the half term that is asked for."""
    calendar = load_calendar()
    span = spans.choose(args, calendar, today()).span
    groups = [(id, name) for id, name in group_names().items() if mine.has_group(id)]
    group = next((id for id, _ in groups if id == args.get("group")), groups[0][0] if groups else "")
    of_group = db.session.scalars(select(Student).where(Student.group_id == group))
    students = [one for one in of_group if not one.is_former and one.on_roll(span.start, span.end)]
    students.sort(key=lambda student: (student.sort, student.id))
    counted = tallies(span, [student.id for student in students])
    return {
        "spans": [(choice["value"], choice["name"]) for choice in spans.choices(calendar)],
        "span": spans.value_of(span),
        "name": span.name,
        "groups": groups,
        "group": group,
        "rows": [{"name": one.name, **row_of(counted.get(one.id, NONE))} for one in students],
    }


def half_terms(student: Student) -> list[dict[str, Any]]:
    """A student's half terms of which there is a register, the latest first."""
    found = by_half_term(student.id, load_calendar().half_terms)
    return [{"name": span.name, **row_of(counts)} for span, counts in reversed(found)]


def row_of(counts: Tally) -> dict[str, Any]:
    """What is counted, in words."""
    minutes = f" ({count_words(counts.minutes, 'minute', 'minutes')})" if counts.minutes else ""
    return {
        "possible": counts.possible,
        "present": counts.present,
        "share": share_words(counts.share),
        "authorised": counts.authorised,
        "unauthorised": counts.unauthorised,
        "lates": f"{counts.lates}{minutes}",
    }
