"""The protocol: enrol, sign in, push, pull, live; the operation log and its projections.

Nothing else writes what people did.
"""

from flask import Flask

from webapp.sync.protocol.first_fetch import Snapshots
from webapp.sync.protocol.live import Hub
from webapp.sync.protocol.news import Desk
from webapp.sync.protocol.routes import bp


def init_app(app: Flask) -> None:
    app.extensions["live"] = Hub()
    app.extensions["news"] = Desk()
    app.extensions["snapshots"] = Snapshots()
    app.register_blueprint(bp)
