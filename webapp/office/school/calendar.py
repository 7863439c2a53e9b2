"""School years, half terms and closures, as the desk reads and changes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.text.words import day_and_year
from webapp.domain.time.spread import days_words, members, years_words
from webapp.imports.kinds import calendar as rules
from webapp.imports.table import Record
from webapp.models import CalendarEntry, db
from webapp.office.parts.form_fields import clashes, dated, line_of, read
from webapp.office.parts.forms import Problems
from webapp.office.school.changes import Change
from webapp.school.audit import note
from webapp.school.calendar import CLOSURE, HALF_TERM, WEEK, YEAR
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number

KINDS = ((YEAR, "School year"), (HALF_TERM, "Half term"), (CLOSURE, "Closure"), (WEEK, "Week A or B"))
HEADINGS = (
    (YEAR, "School years"),
    (HALF_TERM, "Half terms"),
    (CLOSURE, "Days without school"),
    (WEEK, "Weeks A and B"),
)
LABELS = {
    "kind": "The kind",
    "name": "The name",
    "start": "The first day",
    "end": "The last day",
    "since": "The first period",
    "until": "The last period",
    "years": "The years",
    "days": "The days",
}


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
    texts = {name: str(getattr(entry, name) or "") for name in LABELS}
    texts |= {name: _spread(entry, name) for name in rules.SPREADS}
    return texts | ({"end": ""} if entry.kind == WEEK and entry.end == entry.start else {})


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
        for name, value in rules.values_of(record).items():
            setattr(row, name, value)
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
    is_open = entry.kind == WEEK and entry.end == entry.start
    words = f"from {day_and_year(entry.start)}" if is_open else span_words(entry.start, entry.end)
    name = f"Week {entry.name}" if entry.kind == WEEK else entry.name
    return {"id": str(entry.id), "name": name, "days": ", ".join([words, *_parts(entry)])}


def _parts(entry: CalendarEntry) -> list[str]:
    """What an entry says beside its days."""
    since = f"from period {entry.since}" if entry.since else ""
    until = f"until period {entry.until}" if entry.until else ""
    years = f"years {_spread(entry, 'years')}" if entry.years else ""
    return [words for words in (since, until, years, _spread(entry, "days")) if words]


def _spread(entry: CalendarEntry, name: str) -> str:
    """Days or years as they are typed; nothing where nothing is said."""
    found = _members(entry, name)
    return "" if found is None else (days_words if name == "days" else years_words)(found)


def _members(entry: CalendarEntry, name: str) -> frozenset[int] | None:
    kept = getattr(entry, name)
    return None if kept is None else members(kept, rules.SPREADS[name][0])


def _line(entry: CalendarEntry) -> Record:
    spreads = {name: _members(entry, name) for name in rules.SPREADS}
    return line_of({name: getattr(entry, name) for name in LABELS} | spreads, entry.id)
