"""Part-time timetables: the lessons for which a student is not in school."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.domain.text.words import WEEKDAYS
from webapp.domain.time.calendar import parse_day
from webapp.models import PartTime, Period, Student, TimetableEntry, db
from webapp.office.parts.form_fields import dated
from webapp.office.parts.forms import Problems
from webapp.school.audit import note
from webapp.school.clock import today
from webapp.sync.log.revisions import writing
from webapp.sync.operations.ids import number

FIELDS = ("first", "last", "reason")


def faults(form: MultiDict[str, str], student: Student) -> Problems:
    first, last = parse_day(form.get("first")), parse_day(form.get("last"))
    problems = {}
    if not _picked(form, student):
        problems["slot"] = "Tick at least one lesson."
    if first is None:
        problems["first"] = "The first day is missing, such as 2026-03-02."
    if form.get("last") and last is None:
        problems["last"] = "The last day must be a date such as 2026-03-27."
    if first and last and last < first:
        problems["last"] = "The last day must not be before the first."
    if not form.get("reason", "").strip():
        problems["reason"] = "The reason is missing. Only the office sees it."
    return problems


def add(form: MultiDict[str, str], student: Student) -> None:
    """Write what is ticked, in a form without faults."""
    about = {"first": parse_day(form["first"]), "last": parse_day(form.get("last")), "reason": form["reason"].strip()}
    picked = _picked(form, student)
    with writing() as revs:
        for weekday, period in picked:
            db.session.add(PartTime(student_id=student.id, weekday=weekday, period=period, **about))
        db.session.get_one(Student, student.id).rev = revs.next()
        note("student.part-time", f"student:{student.id}", lessons=str(len(picked)))


def end(student: Student, name: str) -> None:
    """From today on the student is in school for this lesson again. What never began is forgotten."""
    yesterday = today() - timedelta(days=1)
    with writing() as revs:
        part = db.session.get(PartTime, number(name) or 0)
        if part is None or part.student_id != student.id:
            return
        if part.first > yesterday:
            db.session.delete(part)
        elif part.last is None or part.last > yesterday:
            part.last = yesterday
        db.session.get_one(Student, student.id).rev = revs.next()
        note("student.part-time-end", f"student:{student.id}")


def slots_of(student: Student) -> list[dict[str, Any]]:
    """The group's lessons of a week, day by day."""
    query = select(TimetableEntry, Period).join(Period, Period.name == TimetableEntry.period)
    query = query.where(TimetableEntry.group_id == student.group_id)
    rows = db.session.execute(query.order_by(TimetableEntry.weekday, Period.starts)).all()
    return [
        {
            "day": WEEKDAYS[weekday - 1],
            "lessons": [
                {
                    "value": f"{entry.weekday} {entry.period}",
                    "words": f"{entry.period}: {entry.subject}, {period.starts}",
                }
                for entry, period in rows
                if entry.weekday == weekday
            ],
        }
        for weekday in sorted({entry.weekday for entry, _ in rows})
    ]


def _picked(form: MultiDict[str, str], student: Student) -> list[tuple[int, str]]:
    """The lessons ticked, of those there are."""
    ticked = set(form.getlist("slot"))
    found = [lesson["value"] for day in slots_of(student) for lesson in day["lessons"] if lesson["value"] in ticked]
    return [(int(weekday), period) for weekday, _, period in (value.partition(" ") for value in found)]


def told(student: Student) -> list[dict[str, str]]:
    """The lessons for which the student is not in school, or will not be."""
    return [
        {
            "id": str(part.id),
            "when": f"{WEEKDAYS[part.weekday - 1]}s, period {part.period}",
            "days": f"from {dated(part.first)}" + (f" to {dated(part.last)}" if part.last else " until further notice"),
            "reason": part.reason,
        }
        for part in student.part_times
        if part.last is None or part.last >= today()
    ]
