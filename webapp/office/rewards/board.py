"""Names on the hall board, as the desk, the leaders and tutors read and set them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.domain.refusal import Refusal
from webapp.domain.text.words import day_words
from webapp.models import BoardName, db
from webapp.office.parts.forms import Problems
from webapp.office.parts.people import student_names, who
from webapp.office.parts.picking import pick_students
from webapp.school.clock import local_date
from webapp.school.scope import Scope
from webapp.sync.operations.board import LONGEST_ALIAS
from webapp.sync.operations.people import known_students

NO_STUDENT = Refusal("no-such-student", "The student is missing.")
TOO_LONG = Refusal("no-such-name", f"The name has more than {LONGEST_ALIAS} letters.")


def page(today: date, mine: Scope, form: MultiDict[str, str], problems: Problems) -> dict[str, Any]:
    """All the page shows of these students, with what was typed into its form and is not stored yet."""
    names = {key: name for key, name in student_names().items() if mine.has_student(str(key))}
    found = db.session.scalars(select(BoardName).where(BoardName.alias.is_not(None) | BoardName.opted_out))
    rows = [_row(row, names) for row in found if row.student_id in names]
    return {
        "names": sorted(rows, key=lambda row: (row["student"], row["id"])),
        "students": pick_students(form.get("student-typed", ""), form.getlist("student"), today, mine),
        "typed": {name: form.get(name, "") for name in ("student", "alias", "opted_out")},
        "problems": problems,
    }


def body_of(form: MultiDict[str, str]) -> dict[str, Any]:
    """What the form means, as the body of `board.name`."""
    return {
        "student": form.get("student", ""),
        "alias": form.get("alias", "").strip() or None,
        "opted_out": "opted_out" in form,
    }


def faults(body: dict[str, Any], mine: Scope) -> Iterator[tuple[str, Refusal]]:
    """What stands against it, each with the field it is about."""
    if body["student"] not in known_students([body["student"]]) or not mine.has_student(body["student"]):
        yield "student", NO_STUDENT
    if body["alias"] and len(body["alias"]) > LONGEST_ALIAS:
        yield "alias", TOO_LONG


def _row(row: BoardName, names: dict[int, str]) -> dict[str, str]:
    return {
        "id": str(row.student_id),
        "student": names[row.student_id],
        "shown": "Not on the board" if row.opted_out else f"On the board as {row.alias}",
        "set": f"{who(row.by)}, {day_words(local_date(row.at))}",
    }
