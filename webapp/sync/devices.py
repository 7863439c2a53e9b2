"""Tablets: how one is enrolled, and which one a request comes from."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import request

from webapp import audit
from webapp.domain.refusal import Refusal
from webapp.domain.text import clean
from webapp.models import Device, EnrolCode, db
from webapp.models.device import TILL
from webapp.sync.sequence import Sequence as Numbers
from webapp.sync.window import tell_school

COOKIE = "reachable_device"
COOKIE_AGE = timedelta(days=400)  # the longest browsers keep one
DUTIES = ("floor", TILL, "reception", "door", "kiosk", "hall")
CODE_LIFE = timedelta(minutes=15)
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are taken for another
CODE_LENGTH = 8
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new tablet, and the secret its cookie carries; only a hash of it is kept."""

    device: Device
    token: str


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code as people see it, and until when it can be used."""

    text: str
    until: datetime


def make_code(duty: str, now: datetime) -> ShownCode:
    """A new one-time code for a tablet of that duty. Goes inside `with writing()`."""
    text = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    until = now + CODE_LIFE
    db.session.add(EnrolCode(hash=_hash(text), duty=duty, until=until))
    audit.note("tablet.code", duty=duty)
    return ShownCode(f"{text[:4]}-{text[4:]}", until)


def enrol(code: object, name: object, now: datetime, numbers: Numbers) -> Enrolled | Refusal:
    """Use up a code and make a device of it. Goes inside `with writing() as numbers`."""
    text = code.upper().replace("-", "").replace(" ", "") if isinstance(code, str) else ""
    found = db.session.get(EnrolCode, _hash(text))
    if found is None or found.used_at is not None or found.until < now:
        return Refusal("wrong-code", "This code is not valid. A code works once and for 15 minutes; ask for a new one.")
    found.used_at = now
    before = genuine_device()
    token = secrets.token_urlsafe(32)
    device = Device(
        id=f"d{db.session.query(Device).count() + 1}",
        incarnation=secrets.token_hex(4),
        name=(clean(name) if isinstance(name, str) else "")[:LONGEST_NAME] or "Tablet",
        duty=found.duty,
        token_hash=_hash(token),
        enrolled_at=now,
        last_heard=now,
        upto=0,
    )
    db.session.add(device)
    if before is not None and before.revoked_at is None:
        before.trouble = f"It was enrolled again as “{device.name}”. What it still had to send went along."
    audit.note("tablet.enrol", f"tablet:{device.id}", duty=device.duty)
    _tell_of(device, numbers)
    return Enrolled(device, token)


def revoke(device: Device, now: datetime, numbers: Numbers) -> None:
    """From now on it reads nothing new, and what it sends is put aside. Goes inside `with writing() as numbers`."""
    if device.revoked_at is None:
        device.revoked_at = now
        audit.note("tablet.revoke", f"tablet:{device.id}")
        _tell_of(device, numbers)


def _tell_of(device: Device, numbers: Numbers) -> None:
    """The school's row names its first till, which may be another one now."""
    if device.duty == TILL:
        tell_school(numbers)


def genuine_device() -> Device | None:
    """The device whose cookie the request carries, revoked or not."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    return db.session.query(Device).filter_by(token_hash=_hash(token)).one_or_none()


def current_device() -> Device | None:
    """The enrolled tablet a request comes from."""
    device = genuine_device()
    return device if device is not None and device.revoked_at is None else None


def _hash(secret: str) -> str:
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
