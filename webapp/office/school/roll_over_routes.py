"""The office's addresses for the year roll-over."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.models import RollOver, db
from webapp.office.parts.forms import Problems
from webapp.office.school import roll_over, roll_over_pages

bp = Blueprint("roll_over", __name__, url_prefix="/office/roll-over")


@bp.get("")
def show() -> ResponseReturnValue:
    return _page({}, {})


@bp.post("")
def prepare() -> ResponseReturnValue:
    """Say what it does, and then do it."""
    prepared = roll_over.pending()
    if prepared and not prepared.done:
        return _page({}, {"form": "A roll-over is prepared already. Undo it first."})
    order = roll_over_pages.order_of(request.form)
    if not isinstance(order, roll_over.Order):
        return _page(request.form, order)
    if "sure" not in request.form:
        words, back = list(roll_over_pages.words(order)), url_for("roll_over.show")
        about = {"words": words, "fields": list(request.form.items()), "title": "Prepare the roll-over", "back": back}
        return render_template("office/parts/sure.html", **about)
    roll_over.carry_out(order, current_user.id)
    return redirect(url_for("roll_over.show"), 303)


@bp.post("/<int:roll_over_id>/undo")
def undo(roll_over_id: int) -> ResponseReturnValue:
    refusal = roll_over.undo(db.get_or_404(RollOver, roll_over_id), current_user.id)
    return _page({}, {"form": refusal.detail}) if refusal else redirect(url_for("roll_over.show"), 303)


def _page(form: Mapping[str, str], problems: Problems) -> ResponseReturnValue:
    page = roll_over_pages.page(form, problems)
    return render_template("office/school/roll_over.html", **page), 422 if problems else 200
