"""What the page of one's own account says."""

from typing import Any

from webapp.account.sessions import sessions_of
from webapp.domain.access.roles import ROLES
from webapp.models import BrowserSession, Staff
from webapp.school.clock import moment_words
from webapp.web import second_factor

DONE = {
    "password": "Your password is changed. Everywhere else you are signed out, on tablets too.",
    "session": "That browser is signed out.",
    "off": "The second factor is off.",
}


def of(staff: Staff, here: str | None) -> dict[str, Any]:
    """Everything about an account; `here` is the session that asks."""
    left = second_factor.recovery_codes_left(staff)
    return {
        "username": staff.username,
        "name": staff.name,
        "role": ROLES[staff.role],
        "email": staff.email or "",
        "has_password": staff.password_hash is not None,
        "factor": second_factor.is_on(staff),
        "asked": second_factor.is_asked_of(staff),
        "codes": left,
        "few": left <= second_factor.FEW,
        "sessions": [_session(row, here) for row in sessions_of(staff.id)],
    }


def in_fours(secret: str) -> str:
    """A secret as people can type it from a screen."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _session(row: BrowserSession, here: str | None) -> dict[str, Any]:
    return {
        "hash": row.hash,
        "browser": row.browser,
        "here": row.hash == here,
        "began": moment_words(row.began),
        "seen": moment_words(row.seen),
    }
