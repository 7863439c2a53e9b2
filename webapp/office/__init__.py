"""Pages for the desk and the leaders: tablets, what needs attention, reflection spaces, and rewards."""

from flask import Flask

from webapp.office import insight_routes, reward_routes, routes


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.bp)
    app.register_blueprint(reward_routes.bp)
    app.register_blueprint(insight_routes.bp)
