"""The addresses of attendance."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.office.insight import attendance_giving, attendance_pages
from webapp.web.access import scope

bp = Blueprint("attendance", __name__, url_prefix="/office/attendance")


@bp.get("")
def list_attendance() -> ResponseReturnValue:
    chosen = attendance_pages.choose(request.args, scope())
    awards = attendance_giving.page(chosen.span, chosen.students)
    return render_template("office/insight/attendance.html", **attendance_pages.page(chosen, scope()), awards=awards)


@bp.post("/awards")
def give_awards() -> ResponseReturnValue:
    attendance_giving.give(request.form, scope())
    period, group = request.form.get("period"), request.form.get("group")
    return redirect(url_for("attendance.list_attendance", period=period, group=group), 303)
