"""Every kind of operation, declared once: what is not declared nobody may record.

Who may do it, its words, its body and what becomes of it are read from here wherever they are needed. What is left to
say of a kind is how it is judged and applied (`webapp/sync/operations/`), and what a tablet shows at once
(`webapp/floor/`).

Most is recorded on the floor: on a tablet for staff, or on the same pages in a browser. What the desk alone decides
comes from its pages alone, since on a tablet a password is all that anybody has shown.
"""

from typing import Final

from webapp.domain.operations import attention_kinds, lesson_kinds, mark_kinds, reward_kinds, shop_kinds, space_kinds
from webapp.domain.operations.kind import Holds, Kind, Recording

_MODULES = (mark_kinds, lesson_kinds, reward_kinds, space_kinds, shop_kinds, attention_kinds)

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for module in _MODULES for kind in vars(module).values() if isinstance(kind, Kind)
}
"""Every kind that the log can hold, by its name."""

RIGHTS: Final[dict[str, Recording]] = {kind.name: kind.right for kind in KINDS.values() if kind.right}
"""Who may record what, and where, as `webapp/domain/access/rights.py` has every page."""

WAITING: Final[dict[str, str]] = {kind.name: kind.waiting for kind in KINDS.values() if kind.waiting}
"""What a tablet calls what is not at school yet. A mark says itself."""


def kinds_kept_as(rule: str) -> tuple[str, ...]:
    """The kinds that are about one student alone and go with them by this rule of retention."""
    return tuple(kind.name for kind in KINDS.values() if kind.kept == rule)


def kinds_of(noun: str) -> tuple[str, ...]:
    """All kinds about a noun, such as "space"."""
    return tuple(kind.name for kind in KINDS.values() if kind.noun == noun)


def fields_with(holds: Holds) -> frozenset[str]:
    """The fields that hold this in whichever kinds have them."""
    held = [pair for kind in KINDS.values() for pair in kind.holds.items()]
    return frozenset(field for field, _ in held if all(what is holds for name, what in held if name == field))
