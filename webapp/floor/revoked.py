"""A tablet that was taken out of use opens no page, whoever is signed in on it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp import identity
from webapp.sync.devices import genuine_device

STILL_OPEN = (None, "offline", "sync", "student")
"""The blueprints it may still ask: to hand over what it has, and to be enrolled again. None: files for everybody."""


def turn_away() -> ResponseReturnValue | None:
    """Before any request: the page that says so, with whoever was signed in signed out."""
    if request.blueprint in STILL_OPEN:
        return None
    device = genuine_device()
    if device is None or device.revoked_at is None:
        return None
    identity.end()
    return render_template("revoked.html", name=device.name), 403
