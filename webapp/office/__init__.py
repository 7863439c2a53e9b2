"""Pages for the desk: tablets and their codes, and what needs somebody's attention."""

from flask import Flask

from webapp.office.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
