"""Signing in with a password, on a tablet or in a browser, and the brake on guessing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.clock import local_date
from webapp.domain.refusal import Refusal
from webapp.domain.text import clean
from webapp.models import Device, SignIn, Staff, db
from webapp.passwords import check_password
from webapp.sync.brake import Brake

LOCKED_OUT = "locked-out"
SIGN_IN_LIFE = timedelta(days=7)
BRAKE = Brake(tries=5, wait=timedelta(minutes=15))
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
    key = f"sign-in:{username.casefold()}"
    if BRAKE.left(key, now):
        return Refusal(LOCKED_OUT, "Too many tries. Wait a quarter of an hour, or ask the office.")
    staff = db.session.query(Staff).filter_by(username=username).one_or_none()
    fits = check_password(staff and staff.password_hash, password)
    if staff is None or not fits or not staff.is_here(local_date(now)):
        BRAKE.count(key, now)
        return Refusal("wrong-password", "That username and password do not go together.")
    BRAKE.release(key)
    until = now + SIGN_IN_LIFE
    if device is not None:
        db.session.merge(SignIn(device_id=device.id, staff_id=staff.id, until=until, on_call=on_call))
    return SignedIn(staff, until)
