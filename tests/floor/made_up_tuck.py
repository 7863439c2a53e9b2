"""A made-up tuck shop: the same for the same seed, with everything that makes its screens differ."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from webapp.domain.time.moment import instant

Row = dict[str, Any]

TUCK: Row = {
    "tuck": {"void": 5},
    "till": "d1",
    "tills": [{"id": "d1", "name": "Till <1>"}, {"id": "d2", "name": "Till 2"}],
}
"""What the school's row says of it."""


def item_row(key: str, **other: Any) -> Row:
    row = {"id": key, "name": key.title(), "price": 1, "stock": 12, "allergens": [], "picture": key}
    return row | other


ITEMS = [
    item_row("apple"),
    item_row("bar", name="<b>Bar</b>", allergens=["oats", "<nuts>"], stock=0),
    item_row("popcorn", name="Ångström popcorn", stock=-2, picture='"&'),
    item_row("feast", price=2),
]


class Tuck:
    """The tables of the shop, for a school with these students, staff and groups at this moment."""

    def __init__(self, random: Random, now: datetime, today: date, people: dict[str, list[str]]) -> None:
        self.random, self.now, self.today, self.people = random, now, today, people
        self.tables: dict[str, dict[str, Row]] = {"items": {row["id"]: row for row in ITEMS}}
        sales = [self.sale(n) for n in range(random.randrange(30))]
        self.tables["redemptions"] = {row["id"]: row for row in sales}
        self.tables["tills"] = {group: self.till(group) for group in people["groups"] if random.random() < 0.5}

    def sale(self, number: int) -> Row:
        at = self.now - timedelta(seconds=self.random.choice([0, 40, 299, 300, 301, 9000]))
        day = self.today - timedelta(days=self.random.choice([0, 0, 0, 1, 9]))
        row: Row = {"id": f"d1.abc.t{number}", "student": self.random.choice(self.people["students"])}
        row |= {"item": self.random.choice([*self.tables["items"], "gone"]), "day": day.isoformat()}
        row |= {"price": self.random.choice([1, 1, 2]), "void": self.random.random() < 0.3}
        row |= {"device": self.random.choice(["d1", "d2", "browser"]), "by": self.random.choice(self.people["staff"])}
        return row | {"at": instant(at)}

    def till(self, group: str) -> Row:
        device, to = self.random.choice(["d1", "d1", "d2", "d9"]), self.random.choice([None, None, "d2", "d9"])
        return {"id": group, "group": group, "device": device, "to": to}
