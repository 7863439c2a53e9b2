"""The addresses of the hall board: the names that stand on it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp.office.parts.desk import bp
from webapp.office.parts.forms import Problems, send
from webapp.office.parts.picking import is_finding
from webapp.office.rewards import board
from webapp.school import clock
from webapp.sync.operations.board import NAME as NAME_ON_BOARD
from webapp.web.access import scope


@bp.get("/board")
def hall_board() -> ResponseReturnValue:
    return _board(MultiDict(), {})


@bp.post("/board")
def name_on_board() -> ResponseReturnValue:
    if is_finding(request.form):
        return _board(request.form, {})
    body = board.body_of(request.form)
    problems = send(NAME_ON_BOARD, body, board.faults(body, scope()))
    return _board(request.form, problems) if problems else redirect(url_for("office.hall_board"), 303)


def _board(form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    page = board.page(clock.today(), scope(), form, problems)
    return render_template("office/rewards/board.html", **page), 422 if problems else 200
