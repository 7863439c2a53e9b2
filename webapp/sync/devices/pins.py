"""A PIN on a tablet: what a person types to take it up, instead of a tap alone. It locks, and encrypts nothing.

This is the half for tablets whose worker is not there; a worker keeps PINs of its own, on the tablet alone (pins.js).
A try counts before it is looked at, as one at a password does (signing.py).
"""

import re
from datetime import datetime
from typing import Final

from sqlalchemy import update

from webapp.domain.access.guesses import STAFF, TABLET, Key
from webapp.domain.text.words import count_words
from webapp.models import Device, SignIn, db
from webapp.models.lock import alone
from webapp.sync.devices import rate_limit
from webapp.web.passwords import KNOWN, check_password, hash_password

TRIES: Final = 5
SHAPE: Final = re.compile(r"[0-9]{4,6}")
LOCKED: Final = "This PIN is locked after five wrong tries. Sign in with your password, which needs the network."
UNFIT: Final = "Choose a PIN of 4 to 6 digits."


def set_pin(device: Device, staff: str, pin: str | None) -> str | None:
    """Set somebody's PIN on a tablet, or remove it; why it will not do, if so. Takes the lock by itself."""
    if pin is not None and not SHAPE.fullmatch(pin):
        return UNFIT
    here = (device.id, staff)
    hashed = hash_password(pin) if pin else None
    with alone():
        found = db.session.get_one(SignIn, here)
        found.pin_hash, found.pin_wrong = hashed, 0
    return None


def forget_pins(staff: str) -> None:
    """Nobody's PIN opens a tablet in this person's name any more, until they set one anew. Inside `with writing()`."""
    db.session.execute(update(SignIn).where(SignIn.staff_id == staff).values(pin_hash=None, pin_wrong=0))


def pin_problem(device: Device, staff: str, pin: str, now: datetime) -> str | None:
    """What is wrong with a PIN that was typed, if anything. Takes the lock by itself."""
    here = (device.id, staff)
    with KNOWN.seat():
        stored, tried = _counted(here)
        if stored is None or tried > TRIES:
            return LOCKED if stored else None
        fits = check_password(stored, pin)
    with alone():
        found = db.session.get_one(SignIn, here)
        if fits and found.pin_hash == stored:
            found.pin_wrong = 0
            return None
        if tried == TRIES:
            rate_limit.tell(Key("pin", STAFF, staff, TABLET, here[0]), now, tries=str(TRIES))
    left = TRIES - tried
    return f"That PIN is not right. {count_words(left, 'try is', 'tries are')} left." if left else LOCKED


def _counted(here: tuple[str, str]) -> tuple[str | None, int]:
    """The PIN's hash, and which try at it this is; one too many is not looked at."""
    found = db.session.get_one(SignIn, here)
    if found.pin_hash is None or found.pin_wrong >= TRIES:
        return found.pin_hash, TRIES + 1
    with alone():
        found.pin_wrong = min(found.pin_wrong, TRIES) + 1
        return found.pin_hash, found.pin_wrong
