"""What holds from a day on: rows with a `first` and a `last` day, and what stood before them stays."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from webapp.domain.text.text import clean
from webapp.domain.text.words import day_and_year
from webapp.imports.kinds.values import read_date
from webapp.imports.plan import Plan
from webapp.imports.questions import FROM, Answers
from webapp.models import Lesson, db
from webapp.school import clock

DAY = timedelta(days=1)
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


def read_start(text: str | None) -> date | None:
    """The day from which something is to hold; None for anything that is no day of a school's life."""
    day = read_date(clean(text or ""))
    return day if day and EARLIEST <= day <= LATEST else None


def start_of(answers: Answers) -> date | None:
    """From which day on a file holds: the one that was said, else today. None, from the beginning, while there was no
    lesson before."""
    said = read_start(answers.get(FROM))
    if said:
        return said
    before = select(Lesson.id).where(Lesson.day < clock.today(), ~Lesson.gone).limit(1)
    return clock.today() if db.session.scalar(before) is not None else None


def say_start(plan: Plan, start: date | None) -> None:
    """Let people know from which day on a plan holds."""
    plan.start = start
    if start and plan.is_news:
        plan.notes.append(f"It holds from {day_and_year(start)}; lessons before that day stay as they are.")


def is_ahead(row: Any, start: date | None) -> bool:
    """Whether a row holds on that day or after it."""
    return start is None or row.last is None or row.last >= start


def turn(plan: Plan, row: Any, parts: Sequence[Mapping[str, Any]], start: date | None) -> None:
    """From a day on a row says what these parts say, with a row for each; until then it stays as it is."""
    if start is not None and (row.first is None or row.first < start):
        plan.note(type(row), row, {"last": start - DAY})
        first, new = start, parts
    else:
        first, new = row.first, parts[1:]
        if parts:
            plan.note(type(row), row, parts[0])
        else:
            plan.removed.append(row)
    for part in new:
        plan.note(type(row), None, {"last": row.last} | dict(part) | {"first": first})
