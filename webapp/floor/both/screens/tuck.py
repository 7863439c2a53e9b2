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
from webapp.floor.both.parts.search import Find, by_group, find
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
    """The last sales, the students by group or as they were found, and the shelf if the holder may count it. `error`
    speaks of `field`."""

    chrome: Chrome
    sales: list[Sale]
    find: Find
    groups: list[Section]
    shelf: list[ShelfLine]
    error: str
    field: str


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    day = local_day(now)
    sales = sales_on(tables, day)
    mine = [sale for sale in reversed(sales) if may_take_back(tables, viewer, now, sale)]
    here = [row for row in tables["students"].values() if is_here(row, day)]
    find_field, names = find("/tuck", params, here)
    shares = shares_on(tables, [row["id"] for row in (here if names is None else names)], day)
    return {
        "chrome": chrome(tables, viewer, now, "Tuck shop", sub=f"{len(sales)} taken today", tab="tuck"),
        "sales": [sale_line(tables, sale) for sale in mine[:MOST]],
        "find": find_field,
        "groups": everybody(tables, viewer, here, shares) if names is None else found(tables, names, shares),
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


def found(tables: Tables, students: list[StudentRow], shares: Mapping[str, Share]) -> list[Section]:
    """Those whose name was looked for, each with their group."""
    people = [person(row, shares[row["id"]], group_name(tables, row["group"])) for row in students]
    return [{"name": "", "till": "", "students": people}] if people else []


def everybody(tables: Tables, viewer: Viewer, students: list[StudentRow], shares: Mapping[str, Share]) -> list[Section]:
    """By group, those that this till sells to first."""
    front = [key for key in {row["group"] for row in students} if sells_to(tables, viewer, key)]
    groups = by_group(tables, students, front)
    return [section(tables, viewer, key, members, shares) for key, members in groups.items()]


def section(
    tables: Tables, viewer: Viewer, group: str, students: list[StudentRow], shares: Mapping[str, Share]
) -> Section:
    return {
        "name": group_name(tables, group),
        "till": till_words(tables, group) if viewer.duty == TILL and not sells_to(tables, viewer, group) else "",
        "students": [person(row, shares[row["id"]]) for row in students],
    }


def person(student: StudentRow, share: Share, group: str = "") -> Person:
    words = " · ".join([part for part in (group, note(share)) if part])
    return {"url": f"/tuck/{student['id']}", "name": student["name"], "note": words}


def note(share: Share) -> str:
    if not share.allowance:
        return ""
    return f"{share.left} left" if share.left else "all taken"


def shelf_line(item: ItemRow, params: Mapping[str, str]) -> ShelfLine:
    field = f"count-{item['id']}"
    return {"field": field, "name": item["name"], "stock": stock_words(item), "typed": params.get(field, "")}
