"""Reachable: lesson scores and calm rooms on tablets that may have no network."""

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any

from flask import Flask

from webapp import cli
from webapp.config import Settings, read_settings
from webapp.school import clock


def create_app(settings: Settings | None = None, now: Callable[[], datetime] = clock.system_clock) -> Flask:
    """The application; `now` is the school's clock, which tests may set."""
    if settings is None and cli.is_listed():
        return cli.listing()
    return _put_together(settings or read_settings(), now)


# Everything of weight is imported from here on: a list of the commands needs none of it.


def _put_together(settings: Settings, now: Callable[[], datetime]) -> Flask:
    from flask_migrate import Migrate
    from werkzeug.middleware.proxy_fix import ProxyFix

    from webapp.models import db
    from webapp.web.errors import Quiet

    app = Quiet(__name__)
    app.config.update(_flask_config(settings), SETTINGS=settings, CLOCK=now)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # a first pull has thousands of objects
    _set_up_templates(app)
    if settings.secure:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    db.init_app(app)
    Migrate(app, db, directory=str(settings.migrations), render_as_batch=True)
    for part in _parts():
        part.init_app(app)
    return app


def _set_up_templates(app: Flask) -> None:
    from jinja2 import StrictUndefined

    from webapp.offline.indentation import WithoutIndentation

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(WithoutIndentation)


def _parts() -> tuple[ModuleType, ...]:
    """What adds itself to the application, in its order."""
    from webapp import account, floor, office, offline, student, sync
    from webapp.account import sessions
    from webapp.web import access, arrival, compression, cookies, errors, health, intake, security, storage

    return (
        *(errors, storage, health, security, intake, cookies, compression, sessions, access),
        *(sync, offline, floor, office, account, student, cli),
        arrival,  # the last, and so the first a request meets
    )


def _flask_config(settings: Settings) -> dict[str, Any]:
    from webapp.models.base import ENGINE

    return {
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": ENGINE | {"hide_parameters": True},
        "SECRET_KEY": settings.secret_key,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "IMPORT_PATIENCE": 1.0,  # seconds that a page waits for a file to be looked at before it says so instead
    }
