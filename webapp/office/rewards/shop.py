"""The tuck shop as its staff see it: what there is, what was counted, what was taken, and which till serves whom."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.domain.text.text import sort_key, whole_number
from webapp.domain.text.words import clock_words, day_words
from webapp.domain.time.calendar import parse_day
from webapp.models import Device, Group, Item, Redemption, StockCount, Student, Till, db
from webapp.office.parts.forms import Problems
from webapp.office.parts.people import who
from webapp.results.rewards import till_of, tills
from webapp.school.clock import local_date

COLUMNS = ("Day", "Time", "Student", "Item", "Counts as", "Sold by", "Taken back")
FIELDS = ("item", "name", "price", "stock", "allergens", "picture")
PICTURES = ("apple", "popcorn", "bar", "biscuit", "drink", "cup")


def chosen(asked: str | None, today: date) -> date:
    """The day asked for, else today."""
    return parse_day(asked) or today


def page(day: date, form: MultiDict[str, str], problems: Problems) -> dict[str, Any]:
    """All the page shows, with what was typed into its form and is not stored yet."""
    items = db.session.scalars(select(Item)).all()
    return {
        "day": day.isoformat(),
        "words": day_words(day),
        "items": sorted((_item(item) for item in items if not item.gone), key=lambda row: sort_key(row["name"])),
        "gone": sorted((_item(item) for item in items if item.gone), key=lambda row: sort_key(row["name"])),
        "sales": _sales(day),
        "counts": _counts(day),
        "groups": _groups(),
        "tills": [(till.id, till.name) for till in tills()],
        "pictures": PICTURES,
        "typed": {name: form.get(name, "") for name in FIELDS},
        "problems": problems,
    }


def item_of(form: Mapping[str, str]) -> dict[str, Any]:
    """What the form means, as the body of `tuck.item`. A new item is named in the log after the name it starts with."""
    name = form.get("name", "").strip()
    body = {
        "item": form.get("item", "") or sort_key(name).replace(" ", "-")[:40],
        "name": name,
        "price": _whole(form.get("price", "1")),
        "allergens": [word.strip() for word in form.get("allergens", "").split(",") if word.strip()],
        "picture": form.get("picture", "") or PICTURES[0],
        "gone": "gone" in form,
    }
    return body if form.get("item") else body | {"stock": _whole(form.get("stock", ""))}


def count_of(form: Mapping[str, str]) -> dict[str, Any]:
    """What the form means, as the body of `tuck.count`."""
    return {"item": form.get("item", ""), "stock": _whole(form.get("stock", ""))}


def sheet(day: date) -> list[list[Any]]:
    """The sales of a day as lines of a table, the first with its headings."""
    return [
        list(COLUMNS),
        *(
            [day, sale["time"], sale["student"], sale["item"], sale["price"], sale["by"], sale["void"] or ""]
            for sale in _sales(day)
        ),
    ]


MOST_WHOLE = 999_999


def _whole(text: str) -> int | None:
    return whole_number(text.strip(), MOST_WHOLE)


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "price": item.price,
        "stock": item.stock,
        "allergens": ", ".join(json.loads(item.allergens)),
        "picture": item.picture,
    }


def _sales(day: date) -> list[dict[str, Any]]:
    query = select(Redemption, Student, Item.name).join(Student).join(Item, Item.id == Redemption.item)
    rows = db.session.execute(query.where(Redemption.day == day).order_by(Redemption.at, Redemption.id))
    return [
        {
            "id": sale.id,
            "time": clock_words(sale.at),
            "student": student.name,
            "item": item,
            "price": sale.price,
            "by": who(sale.by),
            "void": sale.voided_at and f"{clock_words(sale.voided_at)}, {who(sale.voided_by or '')}",
        }
        for sale, student, item in rows
    ]


def _counts(day: date) -> list[dict[str, Any]]:
    query = select(StockCount, Item.name).join(Item, Item.id == StockCount.item).where(StockCount.day == day)
    return [
        {
            "item": name,
            "expected": count.expected,
            "counted": count.counted,
            "by": f"{who(count.by)}, {clock_words(count.at)}",
        }
        for count, name in db.session.execute(query.order_by(StockCount.at, StockCount.id))
    ]


def _groups() -> list[dict[str, str]]:
    """Every group with the till that serves it, and the one that will."""
    names = dict(db.session.execute(select(Device.id, Device.name)).all())
    rows = {till.group_id: till for till in db.session.scalars(select(Till))}
    groups = sorted(db.session.scalars(select(Group)), key=lambda group: (sort_key(group.name), group.id))
    return [
        {
            "id": group.id,
            "name": group.name,
            "till": names.get(till_of(group.id) or "", "no till yet"),
            "note": _till_note(rows.get(group.id), names),
        }
        for group in groups
    ]


def _till_note(till: Till | None, names: Mapping[str, str]) -> str:
    if till is None:
        return ""
    if till.to:
        return f"Moves to {names[till.to]} once the old till has let go."
    moved = f"{who(till.by)}, {day_words(local_date(till.at))}"
    return f"Moved without waiting: {till.why} ({moved})" if till.why else f"Moved by {moved}"
