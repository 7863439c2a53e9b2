"""What a tap in the tuck shop means."""

import re
from datetime import datetime

from webapp.domain.refusal import Refusal
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import local_day
from webapp.floor.both.parts.tuck import (
    items_in_order,
    may_count,
    may_take_back,
    sale_of,
    sells_to,
    share_on,
)
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.taps import Draft, Form

NO_NUMBER = "Give a whole number, like 12, or leave it empty."
_NUMBER = re.compile(r"[0-9]{1,4}")


def sell(tables: Tables, viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """An item for the student whose page it is, on the till that serves them and within what is left today."""
    student = tables["students"].get(params["student"])
    item = tables["items"].get(form.get("item", ""))
    if not student or not item or not sells_to(tables, viewer, student["group"]):
        return []
    day = local_day(now)
    if item["price"] > share_on(tables, student["id"], day).left:
        return []
    return [{"kind": "tuck.redeem", "body": {"student": student["id"], "item": item["id"], "day": day}}]


def take_back_sale(tables: Tables, viewer: Viewer, now: datetime, _params: Form, form: Form) -> list[Draft]:
    sale = sale_of(tables, now, form.get("redemption", ""))
    if not sale or not may_take_back(tables, viewer, now, sale):
        return []
    return [{"kind": "tuck.void", "body": {"redemption": sale["id"]}}]


def take_back_from(tables: Tables, viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """The same on the page of the student."""
    return take_back_sale(tables, viewer, now, params, form)


def count_shelf(tables: Tables, viewer: Viewer, _now: datetime, _params: Form, form: Form) -> list[Draft] | Refusal:
    """How many of each item are on the shelf; an item without a number was not counted."""
    if not may_count(tables, viewer):
        return []
    given = {item["id"]: form.get(f"count-{item['id']}", "") for item in items_in_order(tables)}
    wrong = [name for name, text in given.items() if text and not _NUMBER.fullmatch(text)]
    if wrong:
        return Refusal(f"count-{wrong[0]}", NO_NUMBER)
    counted = {name: int(text) for name, text in given.items() if text}
    return [{"kind": "tuck.count", "body": {"item": name, "stock": stock}} for name, stock in counted.items()]
