"""The bell schedule, as the desk reads and changes it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from webapp.domain.text.words import count_words, day_and_year
from webapp.domain.time.bell import BREAK, LESSON, LUNCH, REGISTRATION, TAUGHT
from webapp.domain.time.spread import ALL_DAYS, ALL_YEARS, days_words, members, years_words
from webapp.imports.kinds import periods as rules
from webapp.imports.kinds.from_day import is_ahead, start_of, turn
from webapp.imports.kinds.ringing import bell_of_line, lay
from webapp.imports.kinds.ringing import faults as faults_of
from webapp.imports.plan import Plan, carry_out
from webapp.imports.questions import NO_ANSWERS
from webapp.models import Period, TimetableEntry, db
from webapp.office.parts.form_fields import read, said
from webapp.office.parts.forms import Problems
from webapp.office.school.changes import Change, start_fault, start_typed
from webapp.school.audit import note
from webapp.school.clock import today
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number
from webapp.sync.tables.rolling import tell_school

KINDS = ((LESSON, "Lesson"), (REGISTRATION, "Registration"), (BREAK, "Break"), (LUNCH, "Lunch"))
SESSIONS = (("", "None"), ("am", "Morning (am)"), ("pm", "Afternoon (pm)"))
LABELS = {
    "period": "The name",
    "start": "The start",
    "end": "The end",
    "kind": "The kind",
    "days": "The days",
    "years": "The years",
    "session": "The session",
    "from": "The day",
}


def page() -> dict[str, Any]:
    """The periods in the order of the day, and how many lessons a week each holds."""
    uses, rows = _uses(), rows_on(today())
    shared = [name for name, count in Counter(row.name for row in rows).items() if count > 1]
    return {"periods": [_row(period, uses.get(period.name, 0), period.name in shared) for period in rows]}


def rows_on(day: date) -> list[Period]:
    """What holds on a day or after it, in the order of the day."""
    rows = db.session.scalars(select(Period).order_by(Period.starts, Period.name, Period.id))
    return [row for row in rows if is_ahead(row, day)]


def find(name: str, row: str) -> Period | None:
    """A period by its name, and by its number where several lines bear the name."""
    there = [period for period in rows_on(today()) if period.name == name]
    return next((period for period in there if row in ("", str(period.id)) and number(row or "1")), None)


def typed_of(period: Period) -> dict[str, str]:
    """A period as its form shows it."""
    return {
        "period": period.name,
        "start": period.starts,
        "end": period.ends,
        "kind": period.kind,
        "days": _days(period),
        "years": _years(period),
        "session": period.session or "",
    }


def faults(form: Mapping[str, str], period: Period | None) -> Problems:
    """What stands against the schedule with this form in it, in place of a period or as one more."""
    record, problems = read(rules.COLUMNS, form, LABELS)
    problems |= start_fault(form)
    if problems:
        return problems
    start = start_typed(form)
    beside = [other for other in rules.held_from(start) if other is not period]
    is_general = not (record["days"] or record["years"])
    if period is None and is_general and any(other.name == record["period"] for other in beside):
        return {"period": "There is a period of this name already."}
    if period and record["kind"] not in TAUGHT and in_the_way(period):
        return {"kind": in_the_way(period) or ""}
    return said(faults_of([record], beside, hint=""), LABELS)


def in_the_way(period: Period) -> str | None:
    """Why a period must stay a lesson, if it must: the timetable needs it, and no other line bears its name."""
    alone = sum(other.name == period.name for other in rows_on(today())) == 1
    lessons = _uses().get(period.name, 0) if alone else 0
    each_week = count_words(lessons, "lesson", "lessons")
    return f"The timetable has {each_week} a week in this period. Move them first." if lessons else None


def saved(form: Mapping[str, str], period: Period | None) -> Change:
    """Write the form, which has no faults, over a period or as a new one. Lessons bear a period's name, so it stays."""
    record, _ = read(rules.COLUMNS, form, LABELS)
    start = start_typed(form)

    def change(revs: RevCounter) -> None:
        plan, own = Plan(), db.session.get_one(Period, period.id) if period else None
        lay(plan, [bell_of_line(record)], rules.held_from(start), start, own)
        carry_out(plan, revs)
        told = {key: form.get(key, "") for key in LABELS if form.get(key)}
        note("period.change" if period else "period.add", f"period:{record['period']}", **told)
        tell_school(revs)

    return change


def removed(period: Period) -> Change:
    def change(revs: RevCounter) -> None:
        row, plan = db.session.get_one(Period, period.id), Plan()
        note("period.remove", f"period:{row.name}", **typed_of(row))
        turn(plan, row, (), start_of(NO_ANSWERS))
        carry_out(plan, revs)
        tell_school(revs)

    return change


def _uses() -> dict[str, int]:
    """How many lessons a week the timetable has in each period."""
    query = select(TimetableEntry.period, func.count()).where(
        (TimetableEntry.last.is_(None)) | (TimetableEntry.last >= today())
    )
    return dict(db.session.execute(query.group_by(TimetableEntry.period)).all())


def _row(period: Period, uses: int, is_shared: bool) -> dict[str, str | None]:
    return {
        "name": period.name,
        "row": str(period.id) if is_shared else None,
        "times": f"{period.starts} to {period.ends}",
        "kind": dict(KINDS)[period.kind],
        "whose": ", ".join(_whose(period)),
        "uses": f"{count_words(uses, 'lesson', 'lessons')} a week" if period.kind in TAUGHT else "",
    }


def _whose(period: Period) -> Sequence[str]:
    """On which days and for whom, where not on all and for everybody; and from when until when."""
    years = f"years {_years(period)}" if period.years else ""
    first = f"from {day_and_year(period.first)}" if period.first and period.first > today() else ""
    last = f"until {day_and_year(period.last)}" if period.last else ""
    return [words for words in (_days(period), years, first, last) if words]


def _days(period: Period) -> str:
    return days_words(members(period.days, ALL_DAYS)) if period.days else ""


def _years(period: Period) -> str:
    return years_words(members(period.years, ALL_YEARS)) if period.years else ""
