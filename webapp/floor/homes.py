"""Where a tablet leads; twin of static/worker/homes.js."""

from webapp.floor.viewer import Viewer
from webapp.models.device import TILL

HOMES = {TILL: "/tuck", "reception": "/room", "door": "/room", "kiosk": "/kiosk", "hall": "/hall"}
"""By duty; whoever takes up a tablet of another is led to the day."""

UNHELD = ("kiosk", "hall")
"""Duties that nobody signs in for."""


def home(viewer: Viewer) -> str:
    return HOMES.get(viewer.duty, "/today")


def entrance(viewer: Viewer) -> str:
    """Where those are led who ask for a screen of a device that nobody holds."""
    return home(viewer) if viewer.duty in UNHELD else "/sign-in"
