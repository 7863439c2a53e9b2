"""The office's addresses for cover."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.office.parts.picking import is_finding
from webapp.office.today import cover
from webapp.school import clock

bp = Blueprint("cover", __name__, url_prefix="/office/cover")


@bp.get("")
def show_cover() -> ResponseReturnValue:
    return render_template("office/today/cover.html", **cover.page(request.args, clock.today()))


@bp.post("")
def give_cover() -> ResponseReturnValue:
    if is_finding(request.form):
        return render_template("office/today/cover.html", **cover.page(request.form, clock.today()))
    cover.give(request.form, current_user)
    day, staff = request.form.get("day", ""), request.form.get("staff", "")
    return redirect(url_for("cover.show_cover", day=day, staff=staff), 303)
