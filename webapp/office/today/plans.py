"""The weekly interventions planned in the spaces, as the desk reads and makes them."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.domain.text.words import WEEKDAYS, day_words
from webapp.models import Plan, db
from webapp.office.parts.forms import Problems
from webapp.office.parts.people import staff_choices, student_names, who
from webapp.office.parts.picking import pick_students
from webapp.policies.pack import CallRules
from webapp.school.school import school_pack

SCHOOL_DAYS = 5
FIELDS = ("space", "kind", "weekday", "starts", "ends", "first", "last", "staff")


def page(today: date, form: MultiDict[str, str], problems: Problems) -> dict[str, Any]:
    """All the page shows, with what was typed into its form and is not stored yet."""
    calls = school_pack().calls
    plans = db.session.scalars(select(Plan).order_by(Plan.weekday, Plan.starts, Plan.id)).all()
    names = student_names()
    rows = [(_is_over(plan, today), _row(plan, names, calls)) for plan in plans]
    return {
        "plans": [row for over, row in rows if not over],
        "over": [row for over, row in rows if over],
        "spaces": [(space.key, space.name) for space in calls.spaces if space.planned],
        "kinds": [(kind.key, kind.name) for kind in calls.interventions],
        "weekdays": list(enumerate(WEEKDAYS[:SCHOOL_DAYS], start=1)),
        "staff": staff_choices(today),
        "students": pick_students(form.get("students-typed", ""), form.getlist("students"), today),
        "typed": {name: form.get(name, "") for name in FIELDS} if form else _untouched(today),
        "problems": problems,
    }


def body_of(form: MultiDict[str, str]) -> dict[str, Any]:
    """What the form means, as the body of `plan.make`."""
    weekdays = {str(weekday): weekday for weekday in range(1, len(WEEKDAYS) + 1)}
    typed = {name: form.get(name, "") for name in FIELDS}
    return typed | {
        "weekday": weekdays.get(typed["weekday"]),
        "last": typed["last"] or None,
        "students": form.getlist("students"),
    }


def _untouched(today: date) -> dict[str, str]:
    """The form as it is first shown."""
    return dict.fromkeys(FIELDS, "") | {"first": today.isoformat()}


def _is_over(plan: Plan, today: date) -> bool:
    return (plan.ended is not None and plan.ended <= today) or (plan.last is not None and plan.last < today)


def _row(plan: Plan, names: dict[int, str], calls: CallRules) -> dict[str, Any]:
    space = calls.space(plan.space)
    return {
        "id": plan.id,
        "space": space.name if space else plan.space,
        "kind": next((choice.name for choice in calls.interventions if choice.key == plan.kind), plan.kind),
        "when": f"{WEEKDAYS[plan.weekday - 1]}s, {plan.starts} to {plan.ends}",
        "days": _days(plan),
        "staff": who(plan.staff),
        "students": [names[int(student)] for student in json.loads(plan.students)],
    }


def _days(plan: Plan) -> str:
    """From when to when: a plan that was ended stopped before its last day."""
    since = f"from {day_words(plan.first)}"
    if plan.ended is not None:
        return f"{since}, ended on {day_words(plan.ended)}"
    return f"{since} until {day_words(plan.last)}" if plan.last else f"{since} until further notice"
