"""The floor: every screen that staff touch, as Flask serves it. The worker serves the same on enrolled tablets."""

from flask import Blueprint, Flask
from htmx_flask import Htmx

from webapp.floor import cards, revoked, routes, signing
from webapp.sync.tables import spaces


def init_app(app: Flask) -> None:
    Htmx(app)
    app.before_request(revoked.turn_away)
    bp = Blueprint("floor", __name__)
    bp.before_request(spaces.advance)
    routes.add_to(bp)
    signing.add_to(bp)
    cards.add_to(bp)
    app.register_blueprint(bp)
