"""The second factor: six digits of an authenticator app (RFC 6238), or one of ten recovery codes.

What changes something goes inside `with alone()` or `with writing()`.
"""

import hmac
import secrets
from datetime import datetime

from pyotp import TOTP, random_base32
from sqlalchemy import delete, func, select

from webapp.domain.access.roles import SECOND_FACTOR_ROLES
from webapp.models import RecoveryCode, School, SecondFactor, Staff, db
from webapp.models.school import REQUIRED
from webapp.web.encryption import decrypt, digest, encrypt

RECOVERY_CODES = 10
FEW = 3
RECOVERY_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are taken for another
RECOVERY_LENGTH = 10
STEP = 30  # seconds, of which each has its code
DRIFT = (0, -1, 1)  # steps by which a phone's clock may be wrong


def is_on(staff: Staff) -> bool:
    factor = db.session.get(SecondFactor, staff.id)
    return factor is not None and factor.confirmed is not None


def is_asked_of(staff: Staff) -> bool:
    """Whether the school requires it of somebody in this role."""
    return staff.role in SECOND_FACTOR_ROLES and db.session.query(School.second_factor).scalar() == REQUIRED


def is_lacking(staff: Staff) -> bool:
    """Whether it must be set up before the desk opens."""
    return is_asked_of(staff) and not is_on(staff)


def prepare(staff: Staff) -> str:
    """A new secret for an authenticator app, which counts once a code of it was given; for who has none that does."""
    secret = random_base32()
    db.session.merge(SecondFactor(staff_id=staff.id, secret=encrypt(secret), confirmed=None, step=0))
    return secret


def prepared(staff: Staff) -> str | None:
    """The secret that was shown last and does not count yet."""
    factor = db.session.get(SecondFactor, staff.id)
    return decrypt(factor.secret) if factor and factor.confirmed is None else None


def forget_unconfirmed(staff: str) -> None:
    """A secret that was shown and does not count yet never will."""
    mine = SecondFactor.staff_id == staff
    db.session.execute(delete(SecondFactor).where(mine, SecondFactor.confirmed.is_(None)))


def address(staff: Staff, secret: str, school: str) -> str:
    """What the QR code says, which apps read."""
    return TOTP(secret).provisioning_uri(name=staff.username, issuer_name=f"Reachable, {school}")


def confirm(staff: Staff, code: str, now: datetime) -> list[str] | None:
    """Switch it on with a first code; ten recovery codes, or None if the code is wrong."""
    factor = db.session.get(SecondFactor, staff.id)
    if factor is None or factor.confirmed is not None or not _takes(factor, code, now):
        return None
    factor.confirmed = now
    return renew_recovery_codes(staff)


def check(staff: Staff, code: str, now: datetime) -> bool:
    """Whether this is the app's code, or a recovery code, neither used before. It is used up by asking."""
    factor = db.session.get(SecondFactor, staff.id)
    if factor is None or factor.confirmed is None:
        return False
    return _takes(factor, code, now) or _takes_recovery_code(staff, code)


def renew_recovery_codes(staff: Staff) -> list[str]:
    """Ten new ones, shown once; the old ones stop."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
    codes = ["".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(hash=_recovery_hash(staff, code), staff_id=staff.id) for code in codes)
    half = RECOVERY_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def recovery_codes_left(staff: Staff) -> int:
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.staff_id == staff.id)
    return db.session.scalar(query) or 0


def switch_off(staff: Staff) -> None:
    for table in (SecondFactor, RecoveryCode):
        db.session.execute(delete(table).where(table.staff_id == staff.id))


def next_step(now: datetime) -> int:
    """Up to which of a factor's steps no code is taken if all that a phone may show at this moment were used."""
    return int(now.timestamp()) // STEP + max(DRIFT)


def _takes(factor: SecondFactor, code: str, now: datetime) -> bool:
    """Whether the code is one of the app's that was not used before, and none after it was."""
    secret, digits = decrypt(factor.secret), "".join(code.split())
    if secret is None or not (digits.isascii() and digits.isdecimal()):
        return False
    app = TOTP(secret)
    for drift in DRIFT:
        step = app.timecode(now) + drift
        if step > factor.step and hmac.compare_digest(app.generate_otp(step), digits):
            factor.step = step
            return True
    return False


def _takes_recovery_code(staff: Staff, code: str) -> bool:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    found = db.session.get(RecoveryCode, _recovery_hash(staff, plain))
    if found is None:
        return False
    db.session.delete(found)
    return True


def _recovery_hash(staff: Staff, code: str) -> str:
    return digest(f"recovery {staff.id} {code}")
