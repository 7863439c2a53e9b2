"""The addresses of the tracker: how the reflection spaces are used."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from webapp.office.insight import stays
from webapp.office.parts import sheets, spans
from webapp.office.parts.desk import bp
from webapp.school import clock
from webapp.school.calendar import load_calendar


@bp.get("/tracker")
def tracker() -> ResponseReturnValue:
    args, today = request.args.to_dict(), clock.today()
    chosen = spans.choose(args, load_calendar(), today)
    page = stays.page(chosen, args)
    return render_template("office/insight/tracker.html", **page), 422 if chosen.problems else 200


@bp.get("/tracker/stays.<ending>")
def export_stays(ending: str) -> ResponseReturnValue:
    """The stays of the chosen span as a CSV file or an XLSX workbook."""
    chosen = spans.choose(request.args, load_calendar(), clock.today())
    if chosen.problems:
        abort(404)
    return sheets.download(stays.sheet(chosen.span), stays.file_name(chosen.span), ending)
