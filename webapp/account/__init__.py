"""A person's own account: ways of signing in, and what belongs to them."""

from flask import Flask

from webapp.account import code_routes, link_routes, provider_routes, routes


def init_app(app: Flask) -> None:
    for part in (routes, code_routes, link_routes):
        app.register_blueprint(part.bp)
    provider_routes.init_app(app)
