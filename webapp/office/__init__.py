"""Pages for the desk and the leaders: tablets, what needs attention, and how the reflection spaces are used."""

from flask import Flask

from webapp.office.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
