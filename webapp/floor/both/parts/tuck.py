"""What a day's level opens in the tuck shop, what was taken, and which till sells."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from webapp.domain.access.duties import TILL
from webapp.domain.access.rights import SHOP
from webapp.domain.rewards.tuck import judge_void, left_of
from webapp.domain.time.calendar import week_of
from webapp.domain.wire.rewards import ItemRow, RedemptionRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import key_of, local_day
from webapp.floor.both.parts.receipt import level_on, levels_in
from webapp.floor.both.parts.viewer import Viewer

NO_TILL = "No tablet is the till yet. The office can give a code for one."


class Share(NamedTuple):
    """What a student may take in a day, and what is left of it, in items."""

    allowance: int
    left: int


def share_on(tables: Tables, student: str, day: str) -> Share:
    return shares_on(tables, [student], day)[student]


def shares_on(tables: Tables, students: list[str], day: str) -> dict[str, Share]:
    """The shares of several students, by their ids."""
    taken: Counter[str] = Counter()
    for sale in sales_on(tables, day):
        taken[sale["student"]] += sale["price"]
    items: dict[str | None, int] = {
        rule["key"]: rule["tuck_items"] for rule in levels_in(tables, week_of(date.fromisoformat(day)))
    }
    allowances = {student: items.get(level_on(tables, student, day), 0) for student in students}
    return {student: Share(most, left_of(most, taken[student])) for student, most in allowances.items()}


def share_words(share: Share) -> str:
    """What is left, in words: "1 of 2 left today"."""
    return f"{share.left} of {share.allowance} left today" if share.allowance else "Nothing today"


def sales_on(tables: Tables, day: str) -> list[RedemptionRow]:
    """What was taken on a day and not taken back, oldest first."""
    sales = [row for row in tables["redemptions"].values() if row["day"] == day and not row["void"]]
    return sorted(sales, key=lambda row: (row["at"], row["id"]))


def items_in_order(tables: Tables) -> list[ItemRow]:
    return sorted(tables["items"].values(), key=lambda row: (row["name"], row["id"]))


def item_name(tables: Tables, name: object) -> str:
    item = tables["items"].get(key_of(name))
    return item["name"] if item else "an item"


def stock_words(item: ItemRow) -> str:
    """How many of an item the shelf should hold; the count may be wrong, and what is there can be taken."""
    return f"{item['stock']} on the shelf" if item["stock"] > 0 else "none on the shelf by the count"


def sells_to(tables: Tables, viewer: Viewer, group: str) -> bool:
    """Whether the viewer's device is the till of a group, and the duty is not on its way to another."""
    return viewer.device == till_of(tables, group) and moving_to(tables, group) is None


def till_of(tables: Tables, group: str) -> str | None:
    """The device that sells to a group: the school's first till, unless the duty was moved."""
    row = tables["tills"].get(group)
    return row["device"] if row else tables["school"]["school"]["till"]


def moving_to(tables: Tables, group: str) -> str | None:
    row = tables["tills"].get(group)
    return row["to"] if row else None


def till_words(tables: Tables, group: str) -> str:
    """Who sells to a group."""
    till, to = till_of(tables, group), moving_to(tables, group)
    if to:
        return f"{till_name(tables, to)} takes over in a moment."
    return f"{till_name(tables, till)} sells to this group." if till else NO_TILL


def till_name(tables: Tables, device: str) -> str:
    tills = tables["school"]["school"]["tills"]
    return next((till["name"] for till in tills if till["id"] == device), "Another tablet")


def may_count(tables: Tables, viewer: Viewer) -> bool:
    return viewer.duty == TILL or is_shopkeeper(tables, viewer)


def may_take_back(tables: Tables, viewer: Viewer, now: datetime, sale: RedemptionRow) -> bool:
    sold, here = datetime.fromisoformat(sale["at"]), sale["device"] == viewer.device
    within = timedelta(minutes=tables["school"]["school"]["tuck"]["void"])
    return not judge_void(sold, now, within, here=here, always=is_shopkeeper(tables, viewer))


def is_shopkeeper(tables: Tables, viewer: Viewer) -> bool:
    staff = tables["staff"].get(str(viewer.staff))
    return bool(staff and staff["role"] in SHOP)


def sale_of(tables: Tables, now: datetime, name: object) -> RedemptionRow | None:
    """A sale of today that stands, by its id."""
    return next((sale for sale in sales_on(tables, local_day(now)) if sale["id"] == name), None)
