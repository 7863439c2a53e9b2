"""The office's addresses for the timetable."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.office.parts.confirmation import ask, is_sure
from webapp.office.parts.forms import Problems
from webapp.office.parts.picking import is_finding
from webapp.office.school import timetable, timetable_lesson
from webapp.office.school.changes import attempt
from webapp.office.school.timetable_lesson import Slot
from webapp.school.clock import today

bp = Blueprint("timetable", __name__, url_prefix="/office/timetable")


@bp.get("")
def show_week() -> ResponseReturnValue:
    return render_template("office/school/timetable.html", **timetable.page(request.args))


@bp.get("/lesson")
def show_lesson() -> ResponseReturnValue:
    slot = _found(request.args)
    return _form(slot, _typed(slot), {})


@bp.post("/lesson")
def save_lesson() -> ResponseReturnValue:
    """A lesson with doubts is asked about first; one that somebody else has changed meanwhile is shown anew."""
    slot = _found(request.form)
    if is_finding(request.form):
        return _form(slot, request.form, {}, seen=request.form.get("seen", ""))
    problems = timetable_lesson.faults(slot, request.form)
    if problems:
        return _form(slot, request.form, problems)
    doubts = list(timetable_lesson.doubts(slot, request.form))
    if doubts and not is_sure():
        return ask(f"Save {slot.words}", doubts, back=_address(slot))
    change = timetable_lesson.saved(slot, request.form)
    if attempt(change, sure=True, fits=lambda: _is_as_seen(slot)) is None:
        return _form(slot, request.form, timetable_lesson.overtaken(slot, request.form))
    return _to_week(slot)


@bp.post("/lesson/remove")
def remove_lesson() -> ResponseReturnValue:
    slot = _found(request.form)
    changes = attempt(timetable_lesson.removed(slot, request.form), is_sure(), fits=lambda: _is_as_seen(slot))
    if changes is None:
        overtaken = timetable_lesson.overtaken(slot, request.form)
        return _form(slot, _typed(slot), overtaken)
    if changes and not is_sure():
        return ask(f"Remove {slot.words}", changes.words(), back=_address(slot))
    return _to_week(slot)


def _found(form: Mapping[str, str]) -> Slot:
    return timetable_lesson.find(form) or abort(404)


def _is_as_seen(slot: Slot) -> bool:
    return timetable_lesson.is_as_seen(slot, request.form)


def _of() -> str:
    """Whose week the form was opened from."""
    return request.values.get("of", "")


def _day() -> date:
    """From which day on the form is to hold."""
    return timetable_lesson.day_of(request.values)


def _typed(slot: Slot) -> dict[str, str]:
    """A lesson as it stands on that day."""
    return timetable_lesson.typed_of(slot, _of(), _day())


def _address(slot: Slot) -> str:
    return url_for(
        "timetable.show_lesson", of=_of(), day=slot.weekday, period=slot.period, group=slot.group, **_more(slot)
    )


def _more(slot: Slot) -> dict[str, Any]:
    """What an address says of the week and the day where that is not the usual."""
    on = _day().isoformat() if _day() != today() else None
    return {name: value for name, value in (("week", slot.week), ("on", on)) if value}


def _to_week(slot: Slot) -> ResponseReturnValue:
    of = _of() or f"{timetable.GROUP}:{slot.group}"
    return redirect(url_for("timetable.show_week", of=of, **_more(slot)), 303)


def _form(slot: Slot, typed: Mapping[str, str], problems: Problems, **kept: str) -> ResponseReturnValue:
    """The form of a lesson. What was seen there is `kept` while somebody only looks for a name."""
    page = timetable_lesson.page(slot, _of(), typed, problems, _day()) | kept
    return render_template("office/school/timetable_lesson.html", **page), 422 if problems else 200
