"""The office's addresses for members of staff."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.models import Staff
from webapp.office.parts.forms import Problems
from webapp.office.school import staff
from webapp.web.access import may_open

bp = Blueprint("staff", __name__, url_prefix="/office/staff")


@bp.get("")
def list_staff() -> ResponseReturnValue:
    return render_template("office/school/staff.html", **staff.page())


@bp.get("/new")
def new_person() -> ResponseReturnValue:
    return _form(None, {}, {})


@bp.post("/new")
def add_person() -> ResponseReturnValue:
    return _save(None)


@bp.get("/person/<key:person>")
def show_person(person: str) -> ResponseReturnValue:
    found = _found(person)
    return _form(found, staff.typed_of(found), {})


@bp.post("/person/<key:person>")
def change_person(person: str) -> ResponseReturnValue:
    return _save(_found(person))


@bp.post("/person/<key:person>/groups")
def give_groups(person: str) -> ResponseReturnValue:
    """The groups ticked; or with one tap all of a year, beside those there are."""
    found, year = _found(person), request.form.get("year")
    staff.give(found, staff.with_year(found, year) if year else request.form.getlist("group"))
    return redirect(url_for("staff.show_person", person=person), 303)


def _found(person: str) -> Staff:
    return staff.find(person) or abort(404)


def _save(person: Staff | None) -> ResponseReturnValue:
    problems = staff.faults(request.form, person, current_user)
    if problems:
        return _form(person, request.form, problems)
    return redirect(url_for("staff.show_person", person=staff.save(request.form, person)), 303)


def _form(person: Staff | None, typed: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    page = staff.form_page(person, typed, problems)
    opens = may_open(current_user.role, "accounts.account")
    page["account"] = url_for("accounts.account", staff=person.id) if person and opens else ""
    return render_template("office/school/person.html", **page), 422 if problems else 200
