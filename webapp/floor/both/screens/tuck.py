"""The tuck shop: whom to serve next, what can be taken back, and the count of the shelf."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.access.duties import TILL
from webapp.domain.wire.rewards import ItemRow, RedemptionRow
from webapp.domain.wire.school import StudentRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import (
    at_clock,
    group_name,
    is_here,
    local_day,
    student_name,
)
from webapp.floor.both.parts.tuck import (
    Share,
    item_name,
    items_in_order,
    may_count,
    may_take_back,
    sales_on,
    sells_to,
    shares_on,
    stock_words,
    till_words,
)
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/tuck.html"
MOST = 5
"""Sales that are listed to be taken back."""


class Sale(TypedDict):
    id: str
    student: str
    item: str
    at: str


class Person(TypedDict):
    """A student to serve, with what is left today in words."""

    url: str
    name: str
    note: str


class Section(TypedDict):
    """A group's students; on a till, `till` says who sells to them if it does not."""

    name: str
    till: str
    students: list[Person]


class ShelfLine(TypedDict):
    """An item to be counted: the id of its field, what should be there, and what was typed before."""

    field: str
    name: str
    stock: str
    typed: str


class Context(TypedDict):
    """The last sales, the students by group, and the shelf if the holder may count it. `error` speaks of `field`."""

    chrome: Chrome
    sales: list[Sale]
    groups: list[Section]
    shelf: list[ShelfLine]
    error: str
    field: str


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    day = local_day(now)
    sales = sales_on(tables, day)
    mine = [sale for sale in reversed(sales) if may_take_back(tables, viewer, now, sale)]
    here = [row for row in tables["students"].values() if is_here(row, day)]
    shares = shares_on(tables, [row["id"] for row in here], day)
    return {
        "chrome": chrome(tables, viewer, now, "Tuck shop", sub=f"{len(sales)} taken today", tab="tuck"),
        "sales": [sale_line(tables, sale) for sale in mine[:MOST]],
        "groups": [section(tables, viewer, group, here, shares) for group in groups_in_order(tables, viewer, here)],
        "shelf": [shelf_line(item, params) for item in items_in_order(tables)] if may_count(tables, viewer) else [],
        "error": params.get("error", ""),
        "field": params.get("field", ""),
    }


def sale_line(tables: Tables, sale: RedemptionRow) -> Sale:
    return {
        "id": sale["id"],
        "student": student_name(tables, sale["student"]),
        "item": item_name(tables, sale["item"]),
        "at": at_clock(sale["at"]),
    }


def groups_in_order(tables: Tables, viewer: Viewer, students: list[StudentRow]) -> list[str]:
    """The groups with students on roll: those this till sells to first, then by year and name."""
    years: dict[str, int] = {}
    for row in students:
        years[row["group"]] = min(row["year"], years.get(row["group"], row["year"]))
    return sorted(
        years, key=lambda name: (not sells_to(tables, viewer, name), years[name], group_name(tables, name), name)
    )


def section(
    tables: Tables, viewer: Viewer, group: str, students: list[StudentRow], shares: Mapping[str, Share]
) -> Section:
    found = sorted((row for row in students if row["group"] == group), key=lambda row: (row["sort"], int(row["id"])))
    return {
        "name": group_name(tables, group),
        "till": till_words(tables, group) if viewer.duty == TILL and not sells_to(tables, viewer, group) else "",
        "students": [person(row, shares[row["id"]]) for row in found],
    }


def person(student: StudentRow, share: Share) -> Person:
    return {"url": f"/tuck/{student['id']}", "name": student["name"], "note": note(share)}


def note(share: Share) -> str:
    if not share.allowance:
        return ""
    return f"{share.left} left" if share.left else "all taken"


def shelf_line(item: ItemRow, params: Mapping[str, str]) -> ShelfLine:
    field = f"count-{item['id']}"
    return {"field": field, "name": item["name"], "stock": stock_words(item), "typed": params.get(field, "")}
