"""The office's addresses for the bell schedule."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.models import Period
from webapp.office.parts.confirmation import ask, is_sure
from webapp.office.parts.forms import Problems
from webapp.office.school import bells
from webapp.office.school.changes import attempt
from webapp.school import clock

bp = Blueprint("bells", __name__, url_prefix="/office/bells")


@bp.get("")
def show_bells() -> ResponseReturnValue:
    return render_template("office/school/bells.html", **bells.page())


@bp.get("/new")
def new_period() -> ResponseReturnValue:
    return _form(None, {}, {})


@bp.post("/new")
def add_period() -> ResponseReturnValue:
    return _save(None)


@bp.get("/period/<key:name>")
def show_period(name: str) -> ResponseReturnValue:
    period = _found(name)
    return _form(period, bells.typed_of(period), {})


@bp.post("/period/<key:name>")
def change_period(name: str) -> ResponseReturnValue:
    return _save(_found(name))


@bp.post("/period/<key:name>/remove")
def remove_period(name: str) -> ResponseReturnValue:
    """Lessons are never in the way here: a period that the timetable needs cannot be removed."""
    period = _found(name)
    if why_not := bells.in_the_way(period):
        return _form(period, bells.typed_of(period), {"form": why_not})
    attempt(bells.removed(period), sure=True)
    return redirect(url_for("bells.show_bells"), 303)


def _found(name: str) -> Period:
    return bells.find(name, request.args.get("row", "")) or abort(404)


def _here() -> str:
    """The address of the form, which says which line is meant where several bear one name."""
    row = request.args.get("row")
    return url_for(request.endpoint or "", row=row, **(request.view_args or {})) if row else request.path


def _save(period: Period | None) -> ResponseReturnValue:
    form = request.form.to_dict() | ({"period": period.name} if period else {})
    problems = bells.faults(form, period)
    if problems:
        return _form(period, form, problems)
    changes = attempt(bells.saved(form, period), is_sure())
    if changes and not is_sure():
        return ask(f"Save period {form['period']}", changes.words(), back=_here())
    return redirect(url_for("bells.show_bells"), 303)


def _form(period: Period | None, typed: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    title = f"Period {period.name}" if period else "New period"
    typed = dict.fromkeys(bells.LABELS, "") | {"from": clock.today().isoformat()} | {**typed}
    page = {"here": _here(), "period": period, "typed": typed, "problems": problems}
    choices = {"kinds": bells.KINDS, "sessions": bells.SESSIONS}
    return render_template("office/school/period.html", title=title, **page, **choices), 422 if problems else 200
