"""The tuck shop as the log tells it: what each operation that was accepted does to items, sales and counts.

The same account is given to the database as operations come in, and to a shop in memory when all is made again.
"""

import json
from datetime import date
from typing import Any, Protocol, TypeVar

from webapp.domain.operations import shop_kinds
from webapp.domain.operations.kind import read
from webapp.domain.text.text import clean
from webapp.models import Base, Item, Redemption, StockCount, db
from webapp.school import clock
from webapp.school.clock import local_date
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.projected import store
from webapp.sync.operations.stored import Stored

MODELS: tuple[type[Base], ...] = (Item, Redemption, StockCount)  # those that others speak of first

Row = TypeVar("Row", bound=Base)


class Shop(Protocol):
    """Where rows are found by id, and put once they are made or changed."""

    def find(self, model: type[Row], key: str) -> Row | None: ...

    def put(self, row: Base) -> None: ...


class Counter:
    """The shop in the database. `students` are those to whom another number of items is left today."""

    def __init__(self, revs: RevCounter) -> None:
        self.students: set[int] = set()
        self._revs = revs

    def find(self, model: type[Row], key: str) -> Row | None:
        return db.session.get(model, key)

    def put(self, row: Base) -> None:
        store([row], self._revs)
        if isinstance(row, Redemption) and row.day == clock.today():
            self.students.add(row.student_id)


class Ledger:
    """A shop in memory, empty at first."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], dict[str, Any]] = {model: {} for model in MODELS}

    def find(self, model: type[Row], key: str) -> Row | None:
        return self._rows[model].get(key)

    def put(self, row: Any) -> None:
        self._rows[type(row)][row.id] = row

    def values(self, model: type[Base]) -> dict[str, dict[str, Any]]:
        """What its rows say, by id."""
        names = [column.name for column in model.__table__.columns if column.name != "rev"]
        return {key: {name: getattr(row, name) for name in names} for key, row in self._rows[model].items()}


def make_or_change(event: Entry | Stored, shop: Shop) -> None:
    said = read(shop_kinds.Listed, event.body)
    item = shop.find(Item, said.item) or Item(id=said.item, stock=said.stock or 0)
    item.name, item.price = clean(said.name), said.price
    item.allergens = json.dumps(list(dict.fromkeys(map(clean, said.allergens))))
    item.picture, item.gone = said.picture, said.gone
    shop.put(item)


def count(event: Entry | Stored, shop: Shop) -> None:
    said = read(shop_kinds.Counted, event.body)
    item = _item(said.item, shop)
    shop.put(
        StockCount(
            id=event.id,
            item=item.id,
            expected=item.stock,
            counted=said.stock,
            day=local_date(event.at),
            by=event.by,
            at=event.at,
        )
    )
    item.stock = said.stock
    shop.put(item)


def sell(event: Entry | Stored, shop: Shop) -> None:
    said = read(shop_kinds.Redeemed, event.body)
    item = _item(said.item, shop)
    shop.put(
        Redemption(
            id=event.id,
            student_id=int(said.student),
            item=item.id,
            price=item.price,
            day=date.fromisoformat(said.day),
            device=event.device,
            by=event.by,
            at=event.at,
            voided_at=None,
            voided_by=None,
        )
    )
    item.stock -= 1  # below nothing if more was there than somebody counted
    shop.put(item)


def take_back(event: Entry | Stored, shop: Shop) -> None:
    """Taking back again says nothing new."""
    said = read(shop_kinds.Voided, event.body)
    sale = shop.find(Redemption, said.redemption)
    if sale is None or sale.voided_at is not None:
        return
    sale.voided_at, sale.voided_by = max(event.at, sale.at), event.by
    shop.put(sale)
    item = shop.find(Item, sale.item)
    assert item is not None
    item.stock += 1
    shop.put(item)


def change_stock(event: Entry | Stored, shop: Shop) -> None:
    said = read(shop_kinds.Counted, event.body)
    item = _item(said.item, shop)
    item.stock += said.stock
    shop.put(item)


def _item(name: str, shop: Shop) -> Item:
    item = shop.find(Item, name)
    assert item is not None, "judged before"
    return item
