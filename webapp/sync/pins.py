"""A PIN on a tablet: what a person types to take it up, instead of a tap alone. It locks, and encrypts nothing.

This is the half for tablets whose worker is not there; a worker keeps PINs of its own, on the tablet alone (pins.js).
"""

import re
from typing import Final

from sqlalchemy import update

from webapp import audit
from webapp.domain.words import count_words
from webapp.models import Device, SignIn, db
from webapp.passwords import check_password, hash_password

TRIES: Final = 5
SHAPE: Final = re.compile(r"[0-9]{4,6}")
LOCKED: Final = "This PIN is locked after five wrong tries. Sign in with your password, which needs the network."
UNFIT: Final = "Choose a PIN of 4 to 6 digits."


def set_pin(device: Device, staff: str, pin: str | None) -> str | None:
    """Set somebody's PIN on a tablet, or remove it; why it will not do, if so. Inside `with writing()`."""
    if pin is not None and not SHAPE.fullmatch(pin):
        return UNFIT
    found = db.session.get_one(SignIn, (device.id, staff))
    found.pin_hash, found.pin_wrong = hash_password(pin) if pin else None, 0
    return None


def forget_pins(staff: str) -> None:
    """Nobody's PIN opens a tablet in this person's name any more, until they set one anew. Inside `with writing()`."""
    db.session.execute(update(SignIn).where(SignIn.staff_id == staff).values(pin_hash=None, pin_wrong=0))


def pin_problem(device: Device, staff: str, pin: str) -> str | None:
    """What is wrong with a PIN that was typed, if anything. Inside `with writing()`."""
    found = db.session.get_one(SignIn, (device.id, staff))
    if found.pin_hash is None:
        return None
    if found.pin_wrong >= TRIES:
        return LOCKED
    if check_password(found.pin_hash, pin):
        found.pin_wrong = 0
        return None
    found.pin_wrong += 1
    if found.pin_wrong < TRIES:
        return f"That PIN is not right. {count_words(TRIES - found.pin_wrong, 'try is', 'tries are')} left."
    audit.note("guesses.lock", f"pin:{staff} at tablet {device.id}", tries=str(TRIES))
    return LOCKED
