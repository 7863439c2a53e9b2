"""What people do at a school, and the many ways it is written down."""

import re
from typing import Final

ROLES: Final[dict[str, str]] = {
    "teacher": "Teacher",
    "tutor": "Tutor",
    "teaching-assistant": "Teaching assistant",
    "reception": "Reception",
    "tuck-shop": "Tuck shop",
    "head-of-year": "Head of year",
    "sendco": "SENDCo",
    "safeguarding-lead": "Safeguarding lead",
    "senior-leader": "Senior leader",
    "head": "Head",
    "office": "Office",
    "administrator": "Administrator",
}

SECOND_FACTOR_ROLES: Final = (
    *("head-of-year", "sendco", "safeguarding-lead", "senior-leader", "head", "office", "administrator"),
)
"""Who reads records of incidents or looks after everybody's data, so that a password alone is too little."""

LOOK_AFTER_ALL: Final = ("head", "administrator")
"""Who looks after everybody's account. The office does so for those who see nothing sensitive."""


def may_look_after(role: str, other: str) -> bool:
    """Whether somebody in a role may let somebody in another choose a new password, and the like."""
    return role in LOOK_AFTER_ALL or (role == "office" and other not in SECOND_FACTOR_ROLES)


_ALIASES = {
    "admin": "administrator",
    "headteacher": "head",
    "leader": "senior-leader",
    "receptionist": "reception",
    "safeguarding": "safeguarding-lead",
    "slt": "senior-leader",
    "ta": "teaching-assistant",
}
_JOINTS = re.compile(r"[\s_-]+")


def role_key(text: str) -> str | None:
    """The key of a role however it is spelt ("Teaching Assistant", "SLT", "head teacher"), or None."""
    return _BY_SPELLING.get(_letters(text))


def _letters(text: str) -> str:
    return _JOINTS.sub("", text).casefold()


_BY_SPELLING = {_letters(key): key for key in ROLES} | _ALIASES
