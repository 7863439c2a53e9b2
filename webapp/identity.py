"""Who is at this browser, and how surely we know it. The browser's session keeps both."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import session
from flask_login import current_user, login_fresh, login_user, logout_user

from webapp import second_factor
from webapp.models import Staff, db

PROVED = "proved"
"""Where the session notes when its person last showed the password, and the second factor if there is one."""

ON_CALL = "on_call"
"""Where the session of a browser that is no tablet notes that its person is on call."""

LACKING = "lacking"
"""Noted of somebody who must set up a second factor before the desk opens."""

HALF_WAY = "half_way"
"""Where it notes who has shown the password, when, and is still to show the second factor."""

PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Somebody who has shown the password and is asked for the second factor; `on_call` as ticked at the sign-in."""

    staff: Staff
    on_call: bool


def begin(staff: Staff, now: datetime, on_call: bool = False) -> None:
    """This person is here, and has shown all that is asked for."""
    session.clear()
    login_user(staff)
    session[PROVED], session[ON_CALL] = now.isoformat(), on_call
    if second_factor.is_lacking(staff):
        session[LACKING] = True


def half_way(staff: Staff, now: datetime, on_call: bool = False, floor: bool = False) -> None:
    """This person has shown the password, which on a tablet is enough for the `floor`. Nobody else is here any more."""
    end()
    if floor:
        take_up(staff)
    session[HALF_WAY] = [staff.id, now.isoformat(), on_call]


def who_is_half_way(now: datetime) -> HalfWay | None:
    """Who is asked for the second factor; nobody once it took too long."""
    key, since, on_call = session.get(HALF_WAY, ("", None, False))
    if since is None or now - datetime.fromisoformat(since) > PATIENCE:
        return None
    staff = db.session.get(Staff, key)
    return HalfWay(staff, on_call) if staff else None


def take_up(staff: Staff) -> None:
    """This person is said to be here: enough for the floor, not for the desk."""
    session.clear()
    login_user(staff, fresh=False)


def end() -> None:
    """Nobody is here any more."""
    logout_user()
    session.clear()


def is_sure() -> bool:
    """Whether whoever is here has shown the password lately enough for the desk."""
    return current_user.is_authenticated and login_fresh() and PROVED in session


def is_lacking() -> bool:
    """Whether whoever is here must set up a second factor before going on."""
    return LACKING in session


def lacks_nothing() -> None:
    """The second factor is set up."""
    session.pop(LACKING, None)
