"""A screen as Flask answers with it: the whole page, or for htmx the part of it that changes."""

from collections.abc import Mapping
from urllib.parse import quote

from flask import current_app, render_template
from htmx_flask import request

from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.screens import Params, Screen
from webapp.floor.load.screens import load_screen
from webapp.school import clock


def show(
    screen: Screen, viewer: Viewer, params: Params, status: int = 200, at: str = ""
) -> tuple[str, int, dict[str, str]]:
    """The screen, or for htmx the block of it that changes; `at` is its address where that is not the one asked."""
    found = screen.context(load_screen(screen, params, viewer), viewer, clock.now(), params)
    if found is None:
        return _page("floor/missing.html", {}, 404, at)
    return _page(screen.TEMPLATE, found, status, at)


def _page(template: str, context: Mapping[str, object], status: int, at: str) -> tuple[str, int, dict[str, str]]:
    """A fragment says where it belongs, and under which title. The address bar knows that of a whole page, unless it
    answers a form."""
    if not request.htmx:
        return render_template(template, **context, **({"at": at} if at else {})), status, {}
    title, screen = (_block(template, name, context) for name in ("title", "screen"))
    return screen, status, {"HX-Replace-Url": at or _asked(), "Screen-Title": quote(title)}


def _block(template: str, name: str, context: Mapping[str, object]) -> str:
    """A block as the template has it, or else the layout that all screens share."""
    loaded, layout = (current_app.jinja_env.get_template(name) for name in (template, "floor/base.html"))
    return "".join((layout.blocks | loaded.blocks)[name](loaded.new_context(dict(context))))


def _asked() -> str:
    """The address asked for, in the characters that addresses are sent in."""
    query = request.query_string.decode("latin-1")
    return quote(request.path) + (f"?{query}" if query else "")
