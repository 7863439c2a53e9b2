"""Students kept apart, as the desk and the leaders read and set it."""

from datetime import date
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.domain.text.words import day_words
from webapp.models import Apart, db
from webapp.office.parts.forms import Problems
from webapp.office.parts.people import student_names, who
from webapp.office.parts.picking import pick_students
from webapp.school.clock import local_date

FIELDS = ("one", "other", "reason")


def page(today: date, form: MultiDict[str, str], problems: Problems) -> dict[str, Any]:
    """All the page shows, with what was typed into its form and is not stored yet."""
    names = student_names()
    pairs = db.session.scalars(select(Apart).where(Apart.ended_at.is_(None)).order_by(Apart.at, Apart.id))
    return {
        "pairs": [_row(pair, names) for pair in pairs],
        **{name: pick_students(form.get(f"{name}-typed", ""), form.getlist(name), today) for name in ("one", "other")},
        "typed": {name: form.get(name, "") for name in FIELDS},
        "problems": problems,
    }


def body_of(form: MultiDict[str, str]) -> dict[str, Any]:
    """What the form means, as the body of `apart.set`."""
    return {"students": [form.get("one", ""), form.get("other", "")], "reason": form.get("reason", "")}


def _row(pair: Apart, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": pair.id,
        "students": [names[pair.one], names[pair.other]],
        "reason": pair.reason,
        "set": f"{who(pair.by)}, {day_words(local_date(pair.at))}",
    }
