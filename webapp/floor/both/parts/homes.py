"""Where a tablet leads, by its duty."""

from webapp.domain.access.duties import DUTIES, TILL

HOMES = {TILL: "/tuck", "reception": "/room", "door": "/room", "kiosk": "/kiosk", "hall": "/hall"}
"""Whoever takes up a tablet of another duty is led to the day."""

UNHELD = tuple(key for key, duty in DUTIES.items() if not duty.staffed)


def is_unheld(duty: str) -> bool:
    """Whether nobody signs in on a device of this duty."""
    return duty in UNHELD


def home(duty: str) -> str:
    return HOMES.get(duty, "/today")


def entrance(duty: str) -> str:
    """Where those are led who ask for a screen of a device that nobody holds."""
    return home(duty) if is_unheld(duty) else "/sign-in"
