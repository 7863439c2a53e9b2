"""School years, half terms and closures, as the desk reads and changes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.imports.kinds import calendar as rules
from webapp.imports.table import Record
from webapp.models import CalendarEntry, db
from webapp.office.parts.form_fields import clashes, dated, line_of, read
from webapp.office.parts.forms import Problems
from webapp.office.school.changes import Change
from webapp.school.audit import note
from webapp.school.calendar import CLOSURE, HALF_TERM, YEAR
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number

KINDS = ((YEAR, "School year"), (HALF_TERM, "Half term"), (CLOSURE, "Closure"))
HEADINGS = ((YEAR, "School years"), (HALF_TERM, "Half terms"), (CLOSURE, "Days without school"))
LABELS = {"kind": "The kind", "name": "The name", "start": "The first day", "end": "The last day"}
FIELDS = tuple(LABELS)


def page() -> dict[str, Any]:
    """All entries under their kinds, in order."""
    entries = db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.start, CalendarEntry.id)).all()
    return {
        "kinds": [
            {"key": kind, "name": name, "entries": [_row(entry) for entry in entries if entry.kind == kind]}
            for kind, name in HEADINGS
        ]
    }


def find(entry_id: str) -> CalendarEntry | None:
    known = number(entry_id)
    return db.session.get(CalendarEntry, known) if known else None


def typed_of(entry: CalendarEntry) -> dict[str, str]:
    """An entry as its form shows it."""
    return {name: str(getattr(entry, name)) for name in FIELDS}


def faults(form: Mapping[str, str], entry: CalendarEntry | None) -> Problems:
    """What stands against the calendar with this form in it, in place of an entry or as one more."""
    record, problems = read(rules.COLUMNS, form, LABELS)
    others = db.session.scalars(select(CalendarEntry).order_by(CalendarEntry.id)).all()
    beside = [_line(other) for other in others if other is not entry]
    if problems:
        return problems
    if any(all(record[name] == other[name] for name in ("kind", "name", "start")) for other in beside):
        return {"name": "There is one of this name that begins on this day."}
    return clashes(rules.check, record, beside, "name", LABELS)


def saved(form: Mapping[str, str], entry: CalendarEntry | None) -> Change:
    """Write the form, which has no faults, over an entry or as a new one."""
    record, _ = read(rules.COLUMNS, form, LABELS)

    def change(_numbers: RevCounter) -> None:
        row = db.session.get_one(CalendarEntry, entry.id) if entry else CalendarEntry()
        for name in FIELDS:
            setattr(row, name, record[name])
        db.session.add(row)
        db.session.flush()
        note("calendar.change" if entry else "calendar.add", f"calendar:{row.id}", **typed_of(row))

    return change


def removed(entry: CalendarEntry) -> Change:
    def change(_numbers: RevCounter) -> None:
        row = db.session.get_one(CalendarEntry, entry.id)
        note("calendar.remove", f"calendar:{row.id}", **typed_of(row))
        db.session.delete(row)

    return change


def words_of(kind: str) -> str:
    """What one entry of a kind is called."""
    return dict(KINDS).get(kind, "")


def span_words(start: date, end: date) -> str:
    """The days of an entry with their years: a calendar holds several."""
    return dated(start) if start == end else f"{dated(start)} to {dated(end)}"


def _row(entry: CalendarEntry) -> dict[str, str]:
    return {"id": str(entry.id), "name": entry.name, "days": span_words(entry.start, entry.end)}


def _line(entry: CalendarEntry) -> Record:
    return line_of({name: getattr(entry, name) for name in FIELDS}, entry.id)
