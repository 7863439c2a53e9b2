"""One application for many tests: making one takes longer than most tests do. Each has it on a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, make_url

from tests.builders import Clock
from webapp import create_app
from webapp.config import Settings
from webapp.models import db
from webapp.office.upkeep.import_desk import Desk as ImportDesk
from webapp.sync.protocol.first_fetch import Snapshots
from webapp.sync.protocol.live import Hub
from webapp.sync.protocol.news import Desk
from webapp.web.health import PROBE, Probe


class Apps:
    """The applications made so far, one for all schools whose settings differ only in where their data is."""

    def __init__(self) -> None:
        self._made: dict[Settings, Flask] = {}

    @contextmanager
    def lend(self, settings: Settings, clock: Clock) -> Iterator[Flask]:
        """An application within its context, on the database of these settings."""
        app = self._app(settings)
        app.config.update(SETTINGS=settings, CLOCK=clock)
        app.extensions.update({"live": Hub(), "news": Desk(), "snapshots": Snapshots()})
        app.extensions.update({"import_desk": ImportDesk(), PROBE: Probe()})
        app.extensions.pop("worker", None)
        with used(app):
            db.engine.url = make_url(settings.database_url)
            yield app

    def _app(self, settings: Settings) -> Flask:
        place = replace(settings, data=Path(), database_url=settings.database_url.partition(":")[0])
        if place not in self._made:
            app = self._made[place] = create_app(settings)
            with app.app_context():
                lead_to_its_url(db.engine)
        return self._made[place]


@contextmanager
def used(app: Flask) -> Iterator[Flask]:
    """An application's context, without whose connections nothing is left open. Its pages wait until a file was looked
    at, as slow as the machine may be."""
    app.config["IMPORT_PATIENCE"] = 60
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def lead_to_its_url(engine: Engine) -> None:
    """New connections go where the engine's URL says now; by itself an engine remembers what it said at first."""

    @event.listens_for(engine, "do_connect")
    def lead(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        arguments[:], named = engine.dialect.create_connect_args(engine.url)
        options.update(named)
