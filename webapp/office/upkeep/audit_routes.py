"""The office's addresses for the audit trail."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.office.parts import sheets
from webapp.office.upkeep import trail
from webapp.school import clock

bp = Blueprint("audit", __name__, url_prefix="/office/audit")


@bp.get("")
def read_trail() -> ResponseReturnValue:
    return render_template("office/upkeep/audit.html", **trail.page(trail.chosen(request.args)))


@bp.get("/lines.<ending>")
def export_trail(ending: str) -> ResponseReturnValue:
    """The lines asked for as a CSV file or an XLSX workbook."""
    return sheets.download(trail.sheet(trail.chosen(request.args)), f"audit-{clock.today()}", ending)
