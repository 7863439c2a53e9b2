"""The office's addresses for cover."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp import clock
from webapp.office import covering

bp = Blueprint("cover", __name__, url_prefix="/office/cover")


@bp.get("")
def show_cover() -> ResponseReturnValue:
    return render_template("office/cover.html", **covering.page(request.args, clock.today()))


@bp.post("")
def give_cover() -> ResponseReturnValue:
    covering.give(request.form, current_user)
    day, staff = request.form.get("day", ""), request.form.get("staff", "")
    return redirect(url_for("cover.show_cover", day=day, staff=staff), 303)
