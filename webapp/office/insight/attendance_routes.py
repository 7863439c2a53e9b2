"""The address of attendance."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.office.insight import attendance
from webapp.web.access import scope

bp = Blueprint("attendance", __name__, url_prefix="/office/attendance")


@bp.get("")
def list_attendance() -> ResponseReturnValue:
    page = attendance.page(request.args.to_dict(), scope())
    return render_template("office/insight/attendance.html", **page)
