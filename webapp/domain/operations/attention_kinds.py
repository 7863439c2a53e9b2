"""What is done about entries that could not be used, and what is left of those that were deleted."""

from dataclasses import dataclass

from webapp.domain.access.duties import DESK as AT_DESK
from webapp.domain.access.rights import DESK, DESK_AND_LEADERS, STAFF
from webapp.domain.operations.kind import EntryId, Kind, Number, Recording, Tablet


@dataclass(kw_only=True)
class OneRefused:
    operation: EntryId


@dataclass(kw_only=True)
class OnePutAside:
    quarantined: Number


@dataclass(kw_only=True)
class AllOfTablet:
    tablet: Tablet
    upto: Number


SETTLE_REFUSAL = Kind(
    "refusal.settle",
    "Refused entry dealt with",
    (OneRefused, AllOfTablet),
    Recording(DESK_AND_LEADERS, own=STAFF, what="settle what others recorded", others_at_desk=True),
    waiting="A refused entry marked as dealt with",
)
SETTLE_PUT_ASIDE = Kind(
    "quarantine.settle",
    "Put-aside entry dealt with",
    (OnePutAside, AllOfTablet),
    Recording(DESK, what="settle what was put aside", where=AT_DESK),
)
ACCEPT = Kind(
    "quarantine.accept",
    "Put-aside entry accepted",
    (OnePutAside,),
    Recording(DESK, what="accept what was put aside", where=AT_DESK),
)
ERASED = Kind("erased", "Deleted", (), None, section="history")
"""An operation whose content was deleted once its time was over."""
