"""Staff accounts as the desk sees them: who can sign in, who is locked out, and what can be done about it."""

from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Select, select

from webapp.account.sessions import sessions_of
from webapp.domain.access.guesses import (
    BROWSER,
    NETWORK,
    STAFF,
    TABLET,
    Key,
    Place,
)
from webapp.domain.access.roles import ROLES, may_look_after
from webapp.domain.text.words import clock_words
from webapp.models import Account, BrowserSession, Device, LockOut, ProviderAccount, SecondFactor, Staff, db
from webapp.office.parts.paging import Page, page_of
from webapp.school.clock import moment_words, today
from webapp.web import second_factor

KINDS: Final = {
    "password": "Passwords",
    "code": "Codes of the second factor",
    "enrol-code": "Codes for tablets",
    "card": "Students’ cards",
    "link": "Links to choose a password",
    "pin": "PINs",
    "first-run": "The code of the first start",
}
"""What is guessed, by the kind in the key of a lock-out."""

MOST_LOCKS = 200  # of one person: there are as many as places from which somebody was guessed


def listed() -> list[dict[str, Any]]:
    """Everybody who is here, by surname, with what is known of their signing in."""
    on = set(db.session.scalars(select(SecondFactor.staff_id).where(SecondFactor.confirmed.is_not(None))))
    linked = set(db.session.scalars(select(ProviderAccount.staff_id)))
    seen = dict(db.session.execute(select(Account.staff_id, Account.last_sign_in)).all())
    people = [person for person in db.session.scalars(select(Staff)) if person.is_here(today())]
    return [
        {
            "id": person.id,
            "name": person.name,
            "role": ROLES[person.role],
            "ways": _ways(person, person.id in on, person.id in linked),
            "last": _last(seen.get(person.id)),
        }
        for person in sorted(people, key=lambda person: person.sort)
    ]


def account_of(person: Staff, now: datetime, role: str) -> dict[str, Any]:
    """One person's account, as somebody in a role sees it."""
    sessions = sessions_of(person.id)
    linked = db.session.query(ProviderAccount).filter_by(staff_id=person.id).count() > 0
    factor, account = second_factor.is_on(person), db.session.get(Account, person.id)
    return {
        "person": {"id": person.id, "name": person.name, "username": person.username, "role": ROLES[person.role]},
        "email": person.email or "",
        "ways": _ways(person, factor, linked),
        "factor": factor,
        "codes": second_factor.recovery_codes_left(person),
        "last": _last(account.last_sign_in if account else None),
        "sessions": [_session(row) for row in sessions],
        "locks": _locks_of(person, now, role),
    }


def locked(now: datetime, role: str, asked: int) -> Page:
    """A page of what is locked at this moment because somebody guessed, the newest first; `mine`: somebody in a role
    ends it."""
    return page_of(_locks(now), asked).told(partial(_lock, role))


def may_unlock(role: str, key: str) -> bool:
    """Whether somebody in a role may let guesses under a key go on: those at accounts that they look after."""
    guessed = Key.of(key)
    person = db.session.get(Staff, guessed.who) if guessed and guessed.whom == STAFF else None
    return person is None or may_look_after(role, person.role)


def _locks(now: datetime) -> Select[LockOut]:
    return select(LockOut).where(LockOut.until > now).order_by(LockOut.until.desc(), LockOut.key)


def _locks_of(person: Staff, now: datetime, role: str) -> list[dict[str, Any]]:
    """What is locked of one person; the database is asked for few, however much others have guessed."""
    found = db.session.scalars(_locks(now).where(LockOut.staff_id == person.id).limit(MOST_LOCKS))
    return [_lock(role, row) for row in found]


def _last(moment: datetime | None) -> str:
    return moment_words(moment) if moment else "never"


def _ways(person: Staff, factor: bool, linked: bool) -> str:
    """How somebody can sign in, in words."""
    ways = [("password", person.password_hash), ("second factor", factor), ("Microsoft or Google", linked)]
    there = [name for name, has in ways if has]
    return ", ".join(there).capitalize() if there else "Cannot sign in yet"


def _session(row: BrowserSession) -> str:
    return f"{row.browser}, used {moment_words(row.seen)}"


def _lock(role: str, row: LockOut) -> dict[str, Any]:
    return {
        "key": row.key,
        "mine": may_unlock(role, row.key),
        "staff": row.staff_id,
        "what": guessed_words(row.key),
        "until": clock_words(row.until) if row.until else "",
        "tries": row.failures,
    }


def guessed_words(text: str) -> str:
    """A lock-out by its key: "Passwords of Jo Reid at the tablet Trolley"."""
    key = Key.of(text)
    if key is None:
        # From before the parts of a key stood by themselves: what somebody typed may look like any of them.
        return KINDS.get(text.partition(":")[0], "Something secret")
    place = _place_words(Place(key.where, key.place))
    return " ".join(word for word in (KINDS.get(key.kind, key.kind), _whose_words(key), place) if word)


def _whose_words(key: Key) -> str:
    if key.whom != STAFF:
        return "of a name that nobody has" if key.whom else ""
    staff = db.session.get(Staff, key.who)
    return f"of {staff.name if staff else 'somebody who has left'}"


def _place_words(place: Place) -> str:
    """A tablet by the name it goes by; a browser's own name says nothing to anybody."""
    if place.kind == TABLET:
        device = db.session.get(Device, place.name)
        return f"at the tablet {device.name}" if device else "at a tablet"
    if place.kind == BROWSER:
        return "at a browser they use"
    return f"from {place.name}" if place.kind == NETWORK else ""
