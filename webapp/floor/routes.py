"""The floor for a browser, or for a tablet whose worker is not there.

On an enrolled tablet the worker answers these addresses itself.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from htmx_flask import request as htmx_request

from webapp.domain.access.duties import BROWSER
from webapp.domain.refusal import Refusal
from webapp.floor.both.addresses import LEADS, OPEN, QUERY, SCREENS, TAPS
from webapp.floor.both.parts.homes import entrance, home
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.screens import Params, Screen
from webapp.floor.both.taps import Tap
from webapp.floor.load.screens import load_screen
from webapp.floor.pages import show
from webapp.floor.viewer import current_viewer
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

NOT_READY = Refusal("", "This tablet is still getting ready to sell by itself. Load the page again in a moment.")
"""Only a tablet that numbers its own sales can be held to what is left, with and without a network."""


def add_to(bp: Blueprint) -> None:
    """Names the views after the words in a screen's URL and the function of a tap."""
    bp.add_url_rule("/", "home", lambda: redirect(home(current_viewer().duty), 303))
    for url, screen in SCREENS:
        bp.add_url_rule(url, name_of(url), look(screen))
    for url, tap, at, screen in TAPS:
        bp.add_url_rule(url, tap.__name__, touch(tap, url, at, screen), methods=["POST"])


def name_of(url: str) -> str:
    """The words of a URL, and its last part where the words alone are the name of another screen."""
    above, _, last = url.rpartition("/")
    words = [part for part in url.split("/") if part and not part.startswith("<")]
    named = [*words, last.strip("<>")] if last.startswith("<") and above in dict(SCREENS) else words
    return "_".join(named).replace("-", "_")


def look(screen: Screen) -> Callable[..., ResponseReturnValue]:
    """A view that shows a screen."""

    def view(**parts: str) -> ResponseReturnValue:
        viewer = current_viewer(parts.get("lesson"))
        if viewer.staff is None and screen not in OPEN:
            return redirect(entrance(viewer.duty), 303)
        return show(screen, viewer, {key: request.args[key] for key in QUERY if key in request.args} | parts)

    return view


def touch(tap: Tap, url: str, at: str, screen: Screen) -> Callable[..., ResponseReturnValue]:
    """A view that records what a tap means, then shows its screen or where it leads; what it lacks, with its form."""

    def view(**parts: str) -> ResponseReturnValue:
        viewer = current_viewer()
        if viewer.staff is None:
            return redirect(entrance(viewer.duty), 303)
        refusal = record(tap, screen, parts)
        if refusal:
            told = {"error": refusal.detail or "", "field": refusal.reason}
            return show(screen, current_viewer(), request.form.to_dict() | parts | told, 422, filled(at, parts))
        if not htmx_request.htmx or url in LEADS:
            return redirect(filled(LEADS.get(url, at), parts), 303)
        return show(screen, current_viewer(parts.get("lesson")), parts, at=filled(at, parts))

    return view


def filled(pattern: str, parts: Params) -> str:
    """A URL with its parts in their places."""
    return re.sub(r"<(\w+)>", lambda found: quote(parts[found[1]], safe=""), pattern)


def record(tap: Tap, screen: Screen, parts: Params) -> Refusal | None:
    """Whatever the page was shown on, what Flask records itself is numbered as a browser's."""
    form = request.form.to_dict()
    with writing() as revs:
        viewer, now = current_viewer(parts.get("lesson")), clock.now()
        drafts = tap(load_screen(screen, {**parts, **form}, viewer), viewer, now, parts, form)
        if isinstance(drafts, Refusal):
            return drafts
        if viewer.device != BROWSER and any(draft["kind"].startswith("tuck.") for draft in drafts):
            return NOT_READY
        submit(revs, own_device(BROWSER), [_signed(draft, viewer, now) for draft in drafts])
    return None


def _signed(draft: dict[str, Any], viewer: Viewer, now: datetime) -> Draft:
    """One moment for all drafts of a tap tells Undo that they belong together."""
    assert viewer.staff is not None
    return Draft(draft["kind"], viewer.staff, draft["body"], now, draft.get("replaces"))
