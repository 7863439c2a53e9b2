"""Pages for students, without a sign-in: the card's page, the tablet in the hall and the board there."""

from flask import Flask

from webapp.student.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
