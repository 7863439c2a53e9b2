"""The steps from a fresh server to a school at work, and what their forms say.

A step is done once what it is for is there, so the set-up can be left at any time and taken up again.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select

from webapp.domain.access.passwords import fault_of
from webapp.domain.text.text import clean
from webapp.domain.text.words import count_words
from webapp.domain.time import defaults
from webapp.imports import KINDS, Problem, Source, import_content
from webapp.imports.files.headers import names_of
from webapp.imports.kinds.values import read_code
from webapp.models import CalendarEntry, Device, Period, Staff, Student, TimetableEntry, db
from webapp.models.device import OWN_DEVICES
from webapp.office.parts.forms import Problems
from webapp.policies import available, load
from webapp.school.calendar import HALF_TERM, YEAR

Row = dict[str, str]
PEOPLE = "setup.bring_people"
BLANK_ROWS = 3
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to put in; `is_done` asks the school whether it is there."""

    key: str
    name: str
    endpoint: str
    is_done: Callable[[], bool]

    @property
    def address(self) -> str:
        return url_for(self.endpoint, kind=self.key) if self.endpoint == PEOPLE else url_for(self.endpoint)


def _there(*conditions: Any) -> Callable[[], bool]:
    """Whether a row of the first of these is there of which the others are true."""
    column, *others = conditions
    return lambda: db.session.scalar(select(column).where(*others).limit(1)) is not None


STEPS = (
    Step("year", "School year", "setup.choose_year", _there(CalendarEntry.id, CalendarEntry.kind == YEAR)),
    Step("bells", "Bell schedule", "setup.choose_bells", _there(Period.name)),
    Step("staff", "Staff", PEOPLE, lambda: db.session.query(Staff).count() > 1),
    Step("students", "Students", PEOPLE, _there(Student.id)),
    Step("timetable", "Timetable", PEOPLE, _there(TimetableEntry.id)),
    Step("tablet", "First tablet", "setup.first_tablet", _there(Device.id, Device.id.not_in(OWN_DEVICES))),
)
"""What comes after the school and its first account."""

BEFORE = 2  # steps: the school itself, and its first account


def progress(key: str) -> dict[str, Any]:
    """Where a step stands among all, and what comes after it."""
    number = next(place for place, step in enumerate(STEPS) if step.key == key)
    later = STEPS[number + 1] if number + 1 < len(STEPS) else None
    return {"step": STEPS[number].name, "place": number + 1 + BEFORE, "places": len(STEPS) + BEFORE, "later": later}


def first_progress(place: int, name: str) -> dict[str, Any]:
    return {"step": name, "place": place, "places": len(STEPS) + BEFORE, "later": None}


def next_step() -> Step | None:
    """The first thing that is not there yet."""
    return next((step for step in STEPS if not step.is_done()), None)


def overview() -> dict[str, Any]:
    """All steps with what is there."""
    return {"steps": [(step, step.is_done()) for step in STEPS], "next": next_step()}


def policies() -> list[tuple[str, str]]:
    """The policy packs there are: key and name."""
    return [(key, load(key).name) for key in available()]


def school_faults(form: Mapping[str, str]) -> Problems:
    problems: Problems = {}
    if not 0 < len(clean(form.get("name", ""))) <= LONGEST_NAME:
        problems["name"] = f"Enter the school’s name, up to {LONGEST_NAME} letters."
    if form.get("policy") not in available():
        problems["policy"] = "Choose a policy."
    return problems


def person_faults(form: Mapping[str, str]) -> Problems:
    problems = {
        field: f"Enter your {name}."
        for field, name in (("forename", "forename"), ("surname", "surname"))
        if not clean(form.get(field, ""))
    }
    if not read_code(form.get("username", "")):
        problems["username"] = "Choose a username without spaces."
    if fault := fault_of(form.get("password", ""), form.get("username", "")):
        problems["password"] = fault
    elif form.get("password") != form.get("again"):
        problems["again"] = "This is not the same password."
    return problems


def usual_year(today: date) -> list[Row]:
    """A school year and its half terms, as most schools have them."""
    year = defaults.school_year(today)
    entries = [(YEAR, year), *((HALF_TERM, term) for term in defaults.half_terms(year))]
    return [{"kind": kind, "name": span.name, "start": str(span.start), "end": str(span.end)} for kind, span in entries]


def usual_bells() -> list[Row]:
    """A day of five lessons, and some rows left for more."""
    rows = [{"period": name, "start": start, "end": end, "kind": kind} for name, start, end, kind in defaults.BELLS]
    return rows + [{"period": "", "start": "", "end": "", "kind": "lesson"}] * BLANK_ROWS


def rows_of(form: Mapping[str, str], columns: Sequence[str]) -> list[Row]:
    """The rows of a form whose fields are called `start-3` and the like."""
    numbers = sorted({int(field.rpartition("-")[2]) for field in form if _is_row(field, columns)})
    return [{column: clean(form.get(f"{column}-{number}", "")) for column in columns} for number in numbers]


def _is_row(field: str, columns: Sequence[str]) -> bool:
    column, _, number = field.rpartition("-")
    return column in columns and number.isascii() and number.isdigit() and len(number) < 3


def put_in(kind: str, rows: Sequence[Row], needed: str, by: str) -> Problems:
    """Bring in what was typed as if it were a file, by the same rules; rows without `needed` are left out."""
    filled = [(number, row) for number, row in enumerate(rows) if row[needed]]
    if not filled:
        return {f"{needed}-0": "Fill in at least one line."}
    outcome = import_content(KINDS[kind], _file(row for _, row in filled), source=Source("Typed in", by))
    return dict(_said(outcome.problems, filled))


def _file(rows: Iterable[Row]) -> bytes:
    lines = list(rows)
    file = io.StringIO()
    csv.writer(file).writerows([list(lines[0]), *(row.values() for row in lines)])
    return file.getvalue().encode()


def _said(problems: Sequence[Problem], filled: Sequence[tuple[int, Row]]) -> Iterator[tuple[str, str]]:
    """What is wrong, by the field it is wrong in: the second line of the file is the first row."""
    for problem in reversed(problems):
        number, row = filled[problem.line - 2]
        name = row.get("name") or row.get("period") or f"Line {number + 1}"
        yield f"{problem.column}-{number}", f"{name}, {problem.column}: expected {problem.expected}."


def columns_of(kind: str) -> list[tuple[str, list[str]]]:
    """What a file of this kind should have: each column, with the other headings it may bear."""
    return [
        (names_of(column.key)[0] + (" (if there is one)" if column.optional else ""), list(names_of(column.key)[1:]))
        for column in KINDS[kind].COLUMNS
    ]


def counts() -> list[str]:
    """What the school holds by now."""
    lessons = count_words(db.session.query(TimetableEntry).count(), "lesson a week", "lessons a week")
    return [
        count_words(db.session.query(Staff).count(), "member of staff", "members of staff"),
        count_words(db.session.query(Student).count(), "student", "students"),
        lessons,
    ]
