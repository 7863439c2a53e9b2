"""Tablets: how one is enrolled, and which one a request comes from."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from webapp.domain.access.duties import NOT_HERE, TILL, is_staffed
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean
from webapp.models import Device, EnrolCode, Restoration, db
from webapp.school import audit
from webapp.sync.devices.sign_ins import hand_on_sign_ins
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import operation
from webapp.sync.tables.rolling import tell_school
from webapp.web import cookies

CODE_LIFE = timedelta(minutes=15)
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are taken for another
CODE_LENGTH = 8
LONGEST_CODE = 100  # as somebody may type one, with blanks and lines between
LONGEST_NAME = 60
MOST = 10**15  # a number of an operation is smaller

_ID = re.compile(r"d[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new tablet, and the secret its cookie carries; only a hash of it is kept.

    `had` is the highest number the school has of what the tablet was before, if it was one of ours.
    """

    device: Device
    token: str
    had: int | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Who a tablet was before it is enrolled anew, and up to which number it no longer keeps what it recorded."""

    device: str
    incarnation: str
    gone: int


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


def enrol(code: object, name: object, now: datetime, revs: RevCounter, was: object = None) -> Enrolled | Refusal:
    """Use up a code and make a device of it. Goes inside `with writing() as revs`.

    A tablet that a restored school has forgotten becomes again who it was, so that what others recorded about its
    entries finds them.
    """
    text = code[:LONGEST_CODE].upper().replace("-", "").replace(" ", "") if isinstance(code, str) else ""
    found = db.session.get(EnrolCode, _hash(text))
    if found is None or found.used_at is not None or found.until < now:
        return Refusal("wrong-code", "This code is not valid. A code works once and for 15 minutes; ask for a new one.")
    found.used_at = now
    before = genuine_device()
    device, had = _taken_up(_before(was), before, now)
    token = _token(device)
    device.name = (clean(name[: 2 * LONGEST_NAME]) if isinstance(name, str) else "")[:LONGEST_NAME] or "Tablet"
    device.duty, device.token_hash = found.duty, _hash(token)
    device.last_heard = now
    db.session.add(device)
    if before is not None and before.revoked_at is None and before is not device:
        before.trouble = f"It was enrolled again as “{device.name}”. What it still had to send went along."
        db.session.flush()
        hand_on_sign_ins(before, device, now)
    audit.note("tablet.enrol", f"tablet:{device.id}", duty=device.duty)
    _tell_of(device, revs)
    return Enrolled(device, token, had)


def _taken_up(was: Before | None, before: Device | None, now: datetime) -> tuple[Device, int | None]:
    """The row for a tablet, in a restored school that of who it was; and up to which number the school has it.

    Every tablet knows the names of all, so that it was one of them counts only with that one's cookie.
    """
    is_restored = db.session.query(Restoration).first() is not None
    known = db.session.get(Device, was.device) if was else None
    proof = _proof_of(was, before) if was and is_restored else None
    if was and known and known.incarnation == was.incarnation:
        # A backup may hold the tablet with an older cookie than it has.
        stays = proof is not None and known.revoked_at is None
        return (known if stays else _new_device(is_restored, now)), known.upto
    if was and not known and proof:
        # It is as old as its cookie: what was recorded on it before the restore may count (`sync/log/authors.py`).
        return Device(id=was.device, incarnation=was.incarnation, upto=was.gone, enrolled_at=proof), was.gone
    return _new_device(is_restored, now), None


def _proof_of(was: Before, before: Device | None) -> datetime | None:
    """Since when a tablet has been who it says it was, if its cookie says so."""
    if before and (before.id, before.incarnation) == (was.device, was.incarnation):
        return before.enrolled_at
    try:
        device, incarnation, enrolled, _ = _sealer().loads(
            (cookies.read(cookies.DEVICE) or "").removeprefix(cookies.MARK)
        )
    except (BadSignature, ValueError, TypeError):
        return None
    return datetime.fromisoformat(enrolled) if (device, incarnation) == (was.device, was.incarnation) else None


def _token(device: Device) -> str:
    """A secret for a tablet's cookie that still says whose it is when a restored school has forgotten the tablet."""
    said = [device.id, device.incarnation, device.enrolled_at.isoformat(), secrets.token_urlsafe(32)]
    return cookies.marked(str(_sealer().dumps(said)))


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].secret_key, salt="tablet")


def _before(was: object) -> Before | None:
    """What a tablet says it was: {device, incarnation, gone}."""
    if not isinstance(was, dict):
        return None
    device, incarnation, gone = (was.get(key) for key in ("device", "incarnation", "gone"))
    if operation(f"{device}.{incarnation}.1") is None or not _ID.fullmatch(str(device)):
        return None
    return Before(str(device), str(incarnation), gone) if isinstance(gone, int) and 0 <= gone < MOST else None


def _new_device(is_restored: bool, now: datetime) -> Device:
    """With the next number; in a restored school one that is drawn, since the next may be a forgotten tablet's."""
    n = 10**8 + secrets.randbelow(9 * 10**8) if is_restored else db.session.query(Device).count() + 1
    return Device(id=f"d{n}", incarnation=secrets.token_hex(4), upto=0, enrolled_at=now)


def revoke(device: Device, now: datetime, revs: RevCounter) -> None:
    """From now on it reads nothing new, and what it sends is put aside. Goes inside `with writing() as revs`."""
    if device.revoked_at is None:
        device.revoked_at = now
        audit.note("tablet.revoke", f"tablet:{device.id}")
        _tell_of(device, revs)


def _tell_of(device: Device, revs: RevCounter) -> None:
    """The school's row names its first till, which may be another one now."""
    if device.duty == TILL:
        tell_school(revs)


def judge_sign_in(device: Device | None) -> Refusal | None:
    """Whether people sign in here: in a browser, or on a tablet for staff."""
    return None if device is None or is_staffed(device.duty) else NOT_HERE


def genuine_device() -> Device | None:
    """The device whose cookie the request carries, revoked or not."""
    token = cookies.read(cookies.DEVICE)
    if not token:
        return None
    return db.session.query(Device).filter_by(token_hash=_hash(token)).one_or_none()


def current_device() -> Device | None:
    """The enrolled tablet a request comes from."""
    device = genuine_device()
    return device if device is not None and device.revoked_at is None else None


def _hash(secret: str) -> str:
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
