"""How long what is sent to the school may be, field by field, whether in a form, an address or an entry."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from webapp.domain.refusal import Refusal

PASSWORD: Final = 1000
SENTENCE: Final = 1000
OTHERWISE: Final = 500
LONGEST: Final[Mapping[str, int]] = {
    "username": 200,
    **dict.fromkeys(("password", "new", "again", "current", "password-for-codes", "password-for-off"), PASSWORD),
    **dict.fromkeys(("why", "reason", "message", "allergens"), SENTENCE),
    "note": 2000,
    "token": 65_536,  # wrong cards of any length are answered alike; it is hashed and nothing else
}
"""Letters a field takes; `OTHERWISE` where it is not named. What a rule asks for besides may be less."""

LONGEST_FIELD: Final = 100
"""Letters in the name of a field."""

MOST_FIELDS: Final = 2000
"""Fields in one form, each tick counted."""

MOST_ITEMS: Final = 5000
"""Members of a list or of an object in a tablet's entry: more than a school has students."""

TOO_LONG: Final = "too-long"
_CUT = "…"


def longest(field: str) -> int:
    """How many letters a field takes."""
    return LONGEST.get(field, OTHERWISE)


def fault_of_fields(fields: Iterable[tuple[str, str]]) -> Refusal | None:
    """What is too long among named texts: the first, with the limit it breaks."""
    for field, text in fields:
        if fault := _fault_of_field(field) or _fault_of_text(field, text):
            return fault
    return None


def fault_of_body(value: object, field: str = "") -> Refusal | None:
    """What is too long anywhere in the body of an entry, which is known not to be deep."""
    if isinstance(value, str):
        return _fault_of_text(field, value)
    if not isinstance(value, dict | list):
        return None
    if len(value) > MOST_ITEMS:
        return Refusal(TOO_LONG, f"{_called(field)} holds more than {MOST_ITEMS:,} things.")
    parts: Iterable[tuple[str, Any]] = value.items() if isinstance(value, dict) else ((field, part) for part in value)
    for name, part in parts:
        if fault := _fault_of_field(name) or (fault_of_body(part, name) if part else None):
            return fault
    return None


def cut(value: Any, field: str = "") -> Any:
    """The body of an entry with no more of anything than is taken."""
    if isinstance(value, str):
        return value if len(value) <= longest(field) else value[: longest(field)] + _CUT
    if isinstance(value, dict):
        members = list(value.items())[:MOST_ITEMS]
        return {
            name if len(name) <= LONGEST_FIELD else name[:LONGEST_FIELD] + _CUT: cut(part, name)
            for name, part in members
        }
    return [cut(part, field) for part in value[:MOST_ITEMS]] if isinstance(value, list) else value


def _fault_of_field(name: str) -> Refusal | None:
    is_long = len(name) > LONGEST_FIELD
    return Refusal(TOO_LONG, f"A field is named with more than {LONGEST_FIELD} letters.") if is_long else None


def _fault_of_text(field: str, text: str) -> Refusal | None:
    most = longest(field)
    if len(text) <= most:
        return None
    return Refusal(TOO_LONG, f"{_called(field)} takes at most {most:,} letters, and this has {len(text):,}.")


def _called(field: str) -> str:
    """A field's name in words, for a sentence that begins with it."""
    words = field.replace("_", " ").replace("-", " ").strip()
    return f"“{words[:1].upper()}{words[1:]}”" if words.isprintable() and words else "One field"
