"""Tablets that ask the school itself for a page: one taken out of use opens none, whoever is signed in on it, and
any other seems to have lost its own."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from webapp.models import Device, db
from webapp.school import clock
from webapp.sync.devices.devices import genuine_device
from webapp.sync.log.revisions import writing
from webapp.web import identity
from webapp.web.storage import where_possible

STILL_OPEN = (None, "offline", "sync", "student")
"""The blueprints it may still ask: to hand over what it has, and to be enrolled again. None: files for everybody."""


def turn_away() -> ResponseReturnValue | None:
    """Before any request: the page that says so, with whoever was signed in signed out."""
    if request.blueprint in STILL_OPEN:
        return None
    device = genuine_device()
    if device is None:
        return None
    if device.revoked_at is None:
        _notice(device)
        return None
    identity.end()
    return render_template("revoked.html", name=device.name), 403


def _notice(device: Device) -> None:
    """Somebody opens a floor page from the school, on a tablet whose worker should have answered. Its next push, which
    shows that it is there, takes the note away."""
    opens = request.blueprint == "floor" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    if opens and device.bare_at is None and not current_app.config["SETTINGS"].kill_worker:
        with where_possible(), writing():
            db.session.get_one(Device, device.id).bare_at = clock.now()
