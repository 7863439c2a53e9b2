"""The bell schedule, as the desk reads and changes it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from webapp.domain.text.words import count_words
from webapp.imports.kinds import periods as rules
from webapp.imports.table import Record
from webapp.models import Period, TimetableEntry, db
from webapp.office.parts.form_fields import clashes, line_of, read
from webapp.office.parts.forms import Problems
from webapp.office.school.changes import Change
from webapp.school.audit import note
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.rolling import tell_school

LESSON = "lesson"
KINDS = ((LESSON, "Lesson"), ("break", "Break"), ("lunch", "Lunch"))
LABELS = {"period": "The name", "start": "The start", "end": "The end", "kind": "The kind"}


def page() -> dict[str, Any]:
    """The periods in the order of the day, and how many lessons a week each holds."""
    uses = _uses()
    return {"periods": [_row(period, uses.get(period.name, 0)) for period in _periods()]}


def find(name: str) -> Period | None:
    return db.session.get(Period, name) if "\0" not in name else None


def typed_of(period: Period) -> dict[str, str]:
    """A period as its form shows it."""
    return {"period": period.name, "start": period.starts, "end": period.ends, "kind": period.kind}


def faults(form: Mapping[str, str], period: Period | None) -> Problems:
    """What stands against the schedule with this form in it, in place of a period or as one more."""
    record, problems = read(rules.COLUMNS, form, LABELS)
    beside = [_line(other, n) for n, other in enumerate(_periods(), start=1) if other is not period]
    if problems:
        return problems
    if record["period"] in [other["period"] for other in beside]:
        return {"period": "There is a period of this name already."}
    if period and record["kind"] != LESSON and _uses().get(period.name):
        return {"kind": in_the_way(period) or ""}
    return clashes(rules.check, record, beside, "period", LABELS)


def in_the_way(period: Period) -> str | None:
    """Why a period must stay a lesson, if it must: the timetable needs it."""
    lessons = _uses().get(period.name, 0)
    each_week = count_words(lessons, "lesson", "lessons")
    return f"The timetable has {each_week} a week in this period. Move them first." if lessons else None


def saved(form: Mapping[str, str], period: Period | None) -> Change:
    """Write the form, which has no faults, over a period or as a new one. Lessons bear a period's name, so it stays."""
    record, _ = read(rules.COLUMNS, form, LABELS)

    def change(revs: RevCounter) -> None:
        row = db.session.get_one(Period, period.name) if period else Period(name=record["period"])
        row.starts, row.ends, row.kind = record["start"], record["end"], record["kind"]
        db.session.add(row)
        note("period.change" if period else "period.add", f"period:{row.name}", **typed_of(row))
        tell_school(revs)

    return change


def removed(period: Period) -> Change:
    def change(revs: RevCounter) -> None:
        row = db.session.get_one(Period, period.name)
        note("period.remove", f"period:{row.name}", **typed_of(row))
        db.session.delete(row)
        tell_school(revs)

    return change


def _periods() -> list[Period]:
    return list(db.session.scalars(select(Period).order_by(Period.starts, Period.name)))


def _uses() -> dict[str, int]:
    """How many lessons a week the timetable has in each period."""
    query = select(TimetableEntry.period, func.count()).group_by(TimetableEntry.period)
    return dict(db.session.execute(query).all())


def _line(period: Period, n: int) -> Record:
    return line_of(dict(typed_of(period)), n)


def _row(period: Period, uses: int) -> dict[str, str]:
    return {
        "name": period.name,
        "times": f"{period.starts} to {period.ends}",
        "kind": dict(KINDS)[period.kind],
        "uses": f"{count_words(uses, 'lesson', 'lessons')} a week" if period.kind == LESSON else "",
    }
