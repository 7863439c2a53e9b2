"""Who is at this browser, and how surely we know it. The browser's session keeps both."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import session
from flask_login import current_user, login_fresh, login_user, logout_user

from webapp.models import Staff, db
from webapp.school.clock import local_date
from webapp.web import second_factor

PROVED = "proved"
"""Where the session notes when its person last showed the password, and the second factor if there is one."""

ON_CALL = "on_call"
"""Where the session of a browser that is no tablet notes that its person is on call."""

EXCUSED = "excused"
"""Noted of whoever has just set up the school: the second factor can wait until the next sign-in."""

SHOWN = "shown"
"""Where it notes when it was shown what an authenticator app counts from, which takes the password."""

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


def half_way(staff: Staff, now: datetime, on_call: bool = False, floor: bool = False) -> None:
    """This person has shown the password, which on a tablet is enough for the `floor`. Nobody else is here any more."""
    end()
    if floor:
        take_up(staff)
    session[HALF_WAY] = [staff.id, now.isoformat(), on_call]


def who_is_half_way(now: datetime) -> HalfWay | None:
    """Who is asked for the second factor; nobody once it took too long."""
    key, since, on_call = session.get(HALF_WAY, ("", None, False))
    if not _is_recent(since, now):
        return None
    staff = db.session.get(Staff, key)
    return HalfWay(staff, on_call) if staff and staff.is_here(local_date(now)) else None


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
    """Whether whoever is here must set up a second factor before going on, by their role and the school's rule now."""
    return EXCUSED not in session and second_factor.is_lacking(current_user)


def excuse() -> None:
    """Whoever is here may set up a second factor later."""
    session[EXCUSED] = True


def has_just_proved(now: datetime) -> bool:
    """Whether whoever is here signed in a moment ago. It stands for the password of those who have none."""
    return _is_recent(session.get(PROVED), now)


def show_secret(now: datetime) -> None:
    """Note that the secret of a second factor is shown here."""
    session[SHOWN] = now.isoformat()


def was_shown(now: datetime) -> bool:
    """Whether it was a moment ago, so that its code may switch it on."""
    return _is_recent(session.get(SHOWN), now)


def forget_secret() -> None:
    session.pop(SHOWN, None)


def _is_recent(since: str | None, now: datetime) -> bool:
    return since is not None and now - datetime.fromisoformat(since) <= PATIENCE
