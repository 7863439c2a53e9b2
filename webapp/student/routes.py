"""Addresses of the students' pages. A card holder is known by the token alone; nothing else sent along is read."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.domain.access.rights import DESK_AND_LEADERS
from webapp.domain.refusal import Refusal
from webapp.models import Student
from webapp.results.hall import board_on
from webapp.results.points import points_of
from webapp.school import clock
from webapp.school.school import school_pack
from webapp.student import card, shell
from webapp.student.cards import student_of
from webapp.student.choosing import choose
from webapp.sync.devices.devices import current_device
from webapp.web.identity import is_sure

KIOSK, HALL = "kiosk", "hall"  # the duties of tablets in the hall
WRONG_CARD = "This card does not work any more. The office can make you a new one."

bp = Blueprint("student", __name__)


@bp.get("/card")
def card_page() -> ResponseReturnValue:
    """The page behind every card; whose it is, only the part of the address says that is never sent."""
    return render_template("student/card.html")


@bp.post("/card/points")
def card_points() -> ResponseReturnValue:
    found = _holder()
    if found is None:
        return _said(WRONG_CARD, 404)
    points = points_of(found.id, clock.now())
    return render_template("student/_points.html", **card.page(points, school_pack()))


@bp.post("/card/option")
def card_option() -> ResponseReturnValue:
    found = _holder()
    if found is None:
        return _said(WRONG_CARD, 404)
    said = choose(found.id, request.form.get("choice", ""), clock.now())
    if isinstance(said, Refusal):
        return _said(said.detail, 422)
    return _said(said)


@bp.get("/card/worker.js")
def card_worker() -> ResponseReturnValue:
    """The worker that opens the card's page without a network; the floor's is another one."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": shell.SCOPE}
    response = Response(shell.worker_script(current_app), mimetype="text/javascript", headers=headers)
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/kiosk")
def kiosk() -> ResponseReturnValue:
    """Reads cards one after another, on a tablet that was enrolled for it."""
    if not _is_tablet(KIOSK):
        return render_template("student/elsewhere.html", page="kiosk"), 403
    return render_template("student/kiosk.html")


@bp.get("/hall")
def hall() -> ResponseReturnValue:
    """The board, on a tablet enrolled for it, or for the desk."""
    if not _is_tablet(KIOSK, HALL) and not _is_desk():
        return render_template("student/elsewhere.html", page="hall"), 403
    return render_template("student/hall.html", board=board_on(clock.today()))


def _holder() -> Student | None:
    """Whose card it is. Nobody guesses a token of 128 random bits, and a wrong one costs a look and no write: there is
    no brake, since all phones of a school may share one address, and one pupil could lock the others' out."""
    return student_of(request.form.get("token", ""))


def _said(words: str, status: int = 200) -> tuple[str, int]:
    return render_template("student/_said.html", words=words), status


def _is_tablet(*duties: str) -> bool:
    device = current_device()
    return device is not None and device.duty in duties


def _is_desk() -> bool:
    """Somebody of the desk or a leader, who has shown the password."""
    return is_sure() and current_user.role in DESK_AND_LEADERS
