"""Forms of the school's set-up: read like a line of the import of the same kind, and held to the same rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from webapp.domain.text.text import clean
from webapp.domain.text.words import day_and_year
from webapp.imports.problems import Problem
from webapp.imports.table import Column, Record
from webapp.office.parts.forms import Problems

Labels = Mapping[str, str]
"""What a form calls each of its fields."""

Check = Callable[[Sequence[Record]], Iterable[Problem]]

TYPED = 0
"""The line number of what was typed; lines that are there already have others."""


def line_of(values: dict[str, Any], number: int) -> Record:
    """What is there already, as a line that rules can be asked about."""
    return Record(number, values, {key: _text(value) for key, value in values.items()}, {key: key for key in values})


def read(columns: Sequence[Column], form: Mapping[str, str], labels: Labels) -> tuple[Record, Problems]:
    """The fields of a form through the columns of an import, and what is wrong with them."""
    texts = {column.key: clean(form.get(column.key, "")) for column in columns}
    values = {column.key: column.value_of(texts[column.key]) for column in columns}
    record = Record(TYPED, values, texts, {key: key for key in texts})
    unfit = [column for column in columns if not column.fits(texts[column.key], values[column.key])]
    wrong = [record.problem(column.key, column.wanted(texts[column.key])) for column in unfit]
    return record, said(wrong, labels)


def said(problems: Iterable[Problem], labels: Labels) -> Problems:
    """What is wrong, in sentences for the form; of each field the first thing."""
    found: Problems = {}
    for problem in problems:
        label = labels[problem.column]
        missing = f"{label} is missing."
        found.setdefault(problem.column, f"{label} must be {problem.expected}." if problem.value else missing)
    return found


def clashes(check: Check, record: Record, beside: Sequence[Record], name: str, labels: Labels) -> Problems:
    """What an import's check finds once a line stands beside others, which have a `name`. Where a later one begins
    before the line has ended, the line is to blame."""
    was = set(check(beside))
    new = [problem for problem in check([*beside, record]) if problem not in was]
    own = [problem for problem in new if problem.line == record.line]
    if own or not new:
        return said(own, labels)
    names, later = {other.line: other[name] for other in beside}, new[0]
    return {"end": f"{labels['end']} must be before {names[later.line]} begins ({later.value})."}


def dated(day: date) -> str:
    """A day with its year: "Tue 3 March 2026"."""
    return day_and_year(day)


def _text(value: Any) -> str:
    return dated(value) if isinstance(value, date) else str(value)
