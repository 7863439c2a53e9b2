"""What makes a tablet work without a network: the service worker's files, and the way to install them."""

from flask import Flask

from webapp.offline import routes


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.bp)
