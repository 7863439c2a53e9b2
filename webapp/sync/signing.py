"""Signing in with a password, on a tablet or in a browser, and the brake on guessing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.domain.refusal import Refusal
from webapp.domain.text import clean
from webapp.models import Device, LockOut, SignIn, Staff, db
from webapp.passwords import check_password

LOCKED_OUT = "locked-out"
SIGN_IN_LIFE = timedelta(days=7)
FREE_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST_USERNAME = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who has shown the right password, and until when a tablet takes their entries."""

    staff: Staff
    until: datetime


def sign_in(
    device: Device | None, username: str, password: str, now: datetime, on_call: bool = False
) -> SignedIn | Refusal:
    """Check a password, counting failures; on a tablet, note who may record there. Inside `with writing()`."""
    username = clean(username)[:LONGEST_USERNAME]
    lock = _lock(f"sign-in:{username.casefold()}")
    if lock.until and lock.until > now:
        return Refusal(LOCKED_OUT, "Too many tries. Wait a quarter of an hour, or ask the office.")
    staff = db.session.query(Staff).filter_by(username=username).one_or_none()
    if not check_password(staff and staff.password_hash, password) or staff is None:
        _count_failure(lock, now)
        return Refusal("wrong-password", "That username and password do not go together.")
    lock.failures, lock.until = 0, None
    until = now + SIGN_IN_LIFE
    if device is not None:
        db.session.merge(SignIn(device_id=device.id, staff_id=staff.id, until=until, on_call=on_call))
    return SignedIn(staff, until)


def _lock(key: str) -> LockOut:
    lock = db.session.get(LockOut, key)
    if lock is None:
        lock = LockOut(key=key, failures=0, until=None)
        db.session.add(lock)
    return lock


def _count_failure(lock: LockOut, now: datetime) -> None:
    lock.failures += 1
    if lock.failures % FREE_TRIES == 0:
        lock.until = now + LOCKED_FOR
