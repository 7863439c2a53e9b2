"""The office's addresses for the calendar."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.models import CalendarEntry
from webapp.office.parts.confirmation import ask, is_sure
from webapp.office.parts.forms import Problems
from webapp.office.school import calendar
from webapp.office.school.changes import attempt

bp = Blueprint("calendar", __name__, url_prefix="/office/calendar")


@bp.get("")
def show_calendar() -> ResponseReturnValue:
    return render_template("office/school/calendar.html", **calendar.page())


@bp.get("/new")
def new_entry() -> ResponseReturnValue:
    return _form(None, request.args, {})


@bp.post("/new")
def add_entry() -> ResponseReturnValue:
    return _save(None)


@bp.get("/<entry_id>")
def show_entry(entry_id: str) -> ResponseReturnValue:
    entry = _found(entry_id)
    return _form(entry, calendar.typed_of(entry), {})


@bp.post("/<entry_id>")
def change_entry(entry_id: str) -> ResponseReturnValue:
    return _save(_found(entry_id))


@bp.post("/<entry_id>/remove")
def remove_entry(entry_id: str) -> ResponseReturnValue:
    entry = _found(entry_id)
    changes = attempt(calendar.removed(entry), is_sure())
    if changes and not is_sure():
        return ask(f"Remove {entry.name}", changes.words(), back=url_for("calendar.show_entry", entry_id=entry_id))
    return redirect(url_for("calendar.show_calendar"), 303)


def _found(entry_id: str) -> CalendarEntry:
    return calendar.find(entry_id) or abort(404)


def _save(entry: CalendarEntry | None) -> ResponseReturnValue:
    problems = calendar.faults(request.form, entry)
    if problems:
        return _form(entry, request.form, problems)
    changes = attempt(calendar.saved(request.form, entry), is_sure())
    if changes and not is_sure():
        return ask(f"Save {request.form['name']}", changes.words(), back=request.path)
    return redirect(url_for("calendar.show_calendar"), 303)


def _form(entry: CalendarEntry | None, typed: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    typed = dict.fromkeys(calendar.LABELS, "") | {**typed}
    page = {"entry": entry, "typed": typed, "problems": problems, "kinds": calendar.KINDS}
    title = entry.name if entry else f"New {calendar.words_of(typed.get('kind', '')).lower() or 'entry'}"
    return render_template("office/school/calendar_entry.html", title=title, **page), 422 if problems else 200
