"""Who is at this browser, and how surely we know it. The browser's session keeps both."""

from datetime import datetime

from flask import session
from flask_login import current_user, login_fresh, login_user, logout_user

from webapp.models import Staff

PROVED = "proved"
"""Where the session notes when its person last showed the password, and the second factor if there is one."""


def begin(staff: Staff, now: datetime) -> None:
    """This person is here, and has shown all that is asked for."""
    login_user(staff)
    session[PROVED] = now.isoformat()


def take_up(staff: Staff) -> None:
    """This person is said to be here: enough for the floor, not for the desk."""
    session.pop(PROVED, None)
    login_user(staff, fresh=False)


def end() -> None:
    """Nobody is here any more."""
    logout_user()
    session.clear()


def is_sure() -> bool:
    """Whether whoever is here has shown the password lately enough for the desk."""
    return current_user.is_authenticated and login_fresh() and PROVED in session
