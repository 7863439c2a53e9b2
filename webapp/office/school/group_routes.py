"""The office's addresses for groups."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.models import Group
from webapp.office.parts.forms import Problems
from webapp.office.school import groups

bp = Blueprint("groups", __name__, url_prefix="/office/groups")


@bp.get("")
def list_groups() -> ResponseReturnValue:
    return render_template("office/school/groups.html", **groups.page({}, {}))


@bp.post("")
def add_group() -> ResponseReturnValue:
    problems = groups.faults(request.form, None)
    if problems:
        return render_template("office/school/groups.html", **groups.page(request.form, problems)), 422
    return redirect(url_for("groups.show_group", group=groups.save(request.form, None)), 303)


@bp.get("/group/<key:group>")
def show_group(group: str) -> ResponseReturnValue:
    found = _found(group)
    return _page(found, {"name": found.name, "key_stage": str(found.key_stage)}, {})


@bp.post("/group/<key:group>")
def change_group(group: str) -> ResponseReturnValue:
    found = _found(group)
    problems = groups.faults(request.form, found)
    if problems:
        return _page(found, request.form, problems)
    groups.save(request.form, found)
    return redirect(url_for("groups.show_group", group=group), 303)


@bp.post("/move/<key:group>")
def move_students(group: str) -> ResponseReturnValue:
    found = _found(group)
    problems = groups.move(found, request.form.getlist("student"), request.form.get("to", ""), request.form.get("day"))
    if problems:
        return _page(found, {"name": found.name, "key_stage": str(found.key_stage)}, problems)
    return redirect(url_for("groups.show_group", group=group), 303)


def _found(group: str) -> Group:
    return groups.find(group) or abort(404)


def _page(group: Group, typed: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    return render_template(
        "office/school/group.html", **groups.group_page(group, typed, problems)
    ), 422 if problems else 200
