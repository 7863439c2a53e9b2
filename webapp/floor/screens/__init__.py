"""The floor's screens. Each has its template in templates/floor/.

`load` fetches rows, for Flask alone. `context` turns rows into all that the template needs, ready to be printed; None:
there is no such page. It runs on both servers: what it needs is compiled for the worker (`webapp/offline/python/`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from flask import current_app, render_template
from htmx_flask import request

from webapp import clock
from webapp.floor.facts import Tables
from webapp.floor.viewer import Viewer

Params = Mapping[str, str]


class Screen(Protocol):
    """A module of this package."""

    TEMPLATE: str

    def load(self, params: Params, viewer: Viewer, /) -> Tables: ...

    def context(self, tables: Tables, viewer: Viewer, now: datetime, params: Params, /) -> dict[str, Any] | None: ...


def show(screen: Screen, viewer: Viewer, params: Params, status: int = 200) -> tuple[str, int]:
    """The screen, or for htmx the block of it that changes."""
    found = screen.context(screen.load(params, viewer), viewer, clock.now(), params)
    if found is None:
        return _page("floor/missing.html", {}), 404
    return _page(screen.TEMPLATE, found), status


def _page(template: str, context: dict[str, Any]) -> str:
    if not request.htmx:
        return render_template(template, **context)
    loaded = current_app.jinja_env.get_template(template)
    return "".join(loaded.blocks["screen"](loaded.new_context(context)))
