"""The tuck shop and its tills."""

from dataclasses import dataclass

from webapp.domain.access.duties import DESK as AT_DESK
from webapp.domain.access.duties import IMPORT
from webapp.domain.access.rights import DESK_AND_LEADERS, LEADERS, SHOP, STAFF
from webapp.domain.operations.kind import (
    Day,
    EntryId,
    Flag,
    Group,
    Item,
    Kind,
    Recording,
    Student,
    Tablet,
    Title,
    Titles,
    Whole,
    Words,
)
from webapp.domain.operations.reward_kinds import REWARDS

TUCK_SHOP = "tuck-shop"

# Which till sells to whom is a matter of the tablet; its own are its sales and its shelf.


@dataclass(kw_only=True)
class Redeemed:
    student: Student
    item: Item
    day: Day


REDEEM = Kind(
    "tuck.redeem",
    "Tuck shop",
    (Redeemed,),
    Recording(STAFF),
    waiting="Taken from the tuck shop",
    section=TUCK_SHOP,
    kept=REWARDS,
)


@dataclass(kw_only=True)
class Voided:
    redemption: EntryId
    why: Words | None = None


VOID = Kind(
    "tuck.void",
    "Sale taken back",
    (Voided,),
    Recording(SHOP, own=STAFF),
    waiting="Taken back to the tuck shop",
    section=TUCK_SHOP,
    kept=REWARDS,
)


@dataclass(kw_only=True)
class Counted:
    item: Item
    stock: Whole


COUNT = Kind(
    "tuck.count",
    "Shelf counted",
    (Counted,),
    Recording(SHOP, own=STAFF, what="count"),
    waiting="The shelf counted",
    section=TUCK_SHOP,
)


SHELF = Kind("tuck.shelf", "Stock", (Counted,), None, section=TUCK_SHOP)
"""What is left of a sale, or of taking one back, once it is deleted: how many more of an item there are."""


@dataclass(kw_only=True)
class Listed:
    item: Item
    name: Title
    price: Whole
    stock: Whole | None = None
    allergens: Titles
    picture: Title
    gone: Flag


ITEM = Kind(
    "tuck.item",
    "Tuck shop item",
    (Listed,),
    Recording(SHOP, what="change what there is", where=AT_DESK | {IMPORT}),
    section=TUCK_SHOP,
)


@dataclass(kw_only=True)
class Moved:
    group: Group
    to: Tablet


MOVE = Kind(
    "till.move",
    "Group given to a till",
    (Moved,),
    Recording(DESK_AND_LEADERS, what="move a till’s duty", where=AT_DESK),
    section=TUCK_SHOP,
)


@dataclass(kw_only=True)
class Released:
    group: Group


RELEASE = Kind(
    "till.release",
    "Till let go of a group",
    (Released,),
    Recording(STAFF),
    waiting="A group handed to another till",
    section=TUCK_SHOP,
)


@dataclass(kw_only=True)
class Overridden:
    group: Group
    to: Tablet
    why: Words


OVERRIDE = Kind(
    "till.override",
    "Group given to a till at once",
    (Overridden,),
    Recording(LEADERS, what="move a till’s duty without waiting for it", where=AT_DESK),
    section=TUCK_SHOP,
)
