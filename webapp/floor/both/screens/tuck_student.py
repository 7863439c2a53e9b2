"""A student at the tuck shop: what is left today, what there is to take, and what was taken."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from webapp.domain.time.calendar import FRIDAY
from webapp.domain.wire.rewards import ItemRow, RedemptionRow
from webapp.domain.wire.school import StudentRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import at_clock, group_name, local_day
from webapp.floor.both.parts.receipt import LevelNow, level_now
from webapp.floor.both.parts.tuck import (
    Share,
    item_name,
    items_in_order,
    may_take_back,
    sales_on,
    sells_to,
    share_on,
    share_words,
    stock_words,
    till_words,
)
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/tuck_student.html"


class Sale(TypedDict):
    """What was taken today, and whether it can be taken back here."""

    id: str
    item: str
    at: str
    back: bool


class Item(TypedDict):
    """An item to take, with all a person with an allergy must know; `enough`: the share covers its price."""

    id: str
    name: str
    picture: str
    allergens: str
    stock: str
    price: str
    enough: bool


class Context(TypedDict):
    """`left` says what is left today, `notice` why nothing can be taken here, or "". `free` has a number for each place
    that is left."""

    chrome: Chrome
    url: str
    left: str
    level: LevelNow
    notice: str
    sales: list[Sale]
    free: list[int]
    items: list[Item]
    error: str


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    student = tables["students"].get(params["student"])
    if not student:
        return None
    day = local_day(now)
    share = share_on(tables, student["id"], day)
    is_till = sells_to(tables, viewer, student["group"])
    sales = [sale for sale in sales_on(tables, day) if sale["student"] == student["id"]]
    group = group_name(tables, student["group"])
    return {
        "chrome": chrome(tables, viewer, now, student["name"], sub=group, tab="tuck", back="/tuck"),
        "url": f"/tuck/{student['id']}",
        "left": "That’s all for today" if sales and not share.left else share_words(share),
        "level": level_now(tables, student["id"], day),
        "notice": notice(tables, student, share, bool(sales), day, is_till),
        "sales": [sale_line(tables, viewer, now, sale) for sale in sales],
        "free": list(range(share.left)) if is_till else [],
        "items": [item_button(item, share) for item in items_in_order(tables)] if is_till and share.left else [],
        "error": params.get("error", ""),
    }


def notice(tables: Tables, student: StudentRow, share: Share, has_taken: bool, day: str, is_till: bool) -> str:
    """What to say where nothing can be taken here; "" where something can."""
    if share.left:
        return "" if is_till else till_words(tables, student["group"])
    if not has_taken:
        return "The marks of this week count for the next."
    return "Tomorrow again." if date.fromisoformat(day).isoweekday() < FRIDAY else "Have a good weekend."


def sale_line(tables: Tables, viewer: Viewer, now: datetime, sale: RedemptionRow) -> Sale:
    return {
        "id": sale["id"],
        "item": item_name(tables, sale["item"]),
        "at": at_clock(sale["at"]),
        "back": may_take_back(tables, viewer, now, sale),
    }


def item_button(item: ItemRow, share: Share) -> Item:
    return {
        "id": item["id"],
        "name": item["name"],
        "picture": item["picture"],
        "allergens": f"Contains {', '.join(item['allergens'])}" if item["allergens"] else "No allergens listed",
        "stock": stock_words(item),
        "price": f"Counts as {item['price']}" if item["price"] != 1 else "",
        "enough": item["price"] <= share.left,
    }
