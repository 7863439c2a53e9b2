"""The address of what courts have ordered about contacts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.office.students import contact_pages
from webapp.school.audit import viewed

bp = Blueprint("contacts", __name__, url_prefix="/office/contacts")


@bp.get("")
def list_orders() -> ResponseReturnValue:
    viewed("court-orders")
    return render_template("office/students/orders.html", **contact_pages.page())
