"""The desk's own blueprint: each section of its menu adds its addresses to it."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from webapp.office.parts import navigation
from webapp.sync.tables import spaces

bp = Blueprint("office", __name__, url_prefix="/office")
bp.before_request(spaces.advance)


@bp.get("/")
def home() -> ResponseReturnValue:
    return redirect(navigation.first_page())
