"""`tuck.*`: what the tuck shop has, what was counted on the shelf, what students took, and what they brought back."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from webapp.domain.access.tenure import is_long_ago
from webapp.domain.operations import RIGHTS, shop_kinds
from webapp.domain.refusal import Refusal
from webapp.domain.rewards.tuck import judge_sale, judge_void
from webapp.domain.text.text import clean
from webapp.domain.time.calendar import parse_day
from webapp.models import Device, Item, Redemption, db
from webapp.models.device import TILL
from webapp.results.rewards import allowance_on, taken_on, till_of
from webapp.school import clock
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import word
from webapp.sync.operations.people import find_student
from webapp.sync.operations.projected import drop_strays, find, write_wrong
from webapp.sync.operations.stored import Stored, applied
from webapp.sync.tables import shop
from webapp.sync.tables.levels import renumber_this_week
from webapp.sync.tables.shop import MODELS, Counter, Ledger, Shop

ITEM = shop_kinds.ITEM.name
COUNT = shop_kinds.COUNT.name
REDEEM = shop_kinds.REDEEM.name
VOID = shop_kinds.VOID.name
KINDS = (ITEM, COUNT, REDEEM, VOID)

HIGHEST_PRICE = 10
MOST_STOCK = 10_000
MOST_ALLERGENS = 20
LONGEST_WORD = 40
LONGEST_NAME = 60

Faults = Iterator[tuple[str, Refusal]]
"""What is wrong with a body, each with the field it is about."""


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    counter = Counter(revs)
    for entry in entries:
        entry.refusal = _JUDGES[entry.kind](entry)
        if not entry.refusal:
            _EFFECTS[entry.kind](entry, counter)
    renumber_this_week(revs, counter.students)


def rebuild(revs: RevCounter) -> int:
    """Sell and count everything again; how many rows were wrong."""
    ledger = Ledger()
    for operation in applied(_EFFECTS):
        _EFFECTS[operation.kind](operation, ledger)
    wanted = {model: ledger.values(model) for model in MODELS}
    wrong = sum(write_wrong(model, wanted[model], revs) for model in MODELS)
    wrong += sum(drop_strays(model, wanted[model]) for model in reversed(MODELS))
    if wrong:
        renumber_this_week(revs)
    return wrong


def faults(body: dict[str, Any]) -> Faults:
    """What stands against such an item."""
    if not 0 < len(word(body.get("item"))) <= LONGEST_WORD:
        yield "item", Refusal("no-such-item", "An item needs a short name for the log, such as hot-chocolate.")
    if not _is_text(body.get("name"), LONGEST_NAME):
        yield "name", Refusal("no-name", f"The item needs a name of at most {LONGEST_NAME} letters.")
    if not _is_whole(body.get("price"), 1, HIGHEST_PRICE):
        yield "price", Refusal("no-such-price", f"A price is 1 to {HIGHEST_PRICE} items of the day’s allowance.")
    if "stock" in body:
        yield from _stock_faults(body)
    if not _are_allergens(body.get("allergens")):
        yield "allergens", Refusal("not-understood", "The allergens are missing. Leave the list empty if it has none.")
    if not 0 < len(word(body.get("picture"))) <= LONGEST_WORD:
        yield "picture", Refusal("not-understood", "The name of a picture is missing.")
    if not isinstance(body.get("gone"), bool):
        yield "gone", Refusal("not-understood", "It does not say whether the item is still offered.")


def _stock_faults(body: dict[str, Any]) -> Faults:
    if not _is_whole(body.get("stock"), 0, MOST_STOCK):
        yield "stock", Refusal("no-such-stock", f"What is on the shelf is a whole number from 0 to {MOST_STOCK:,}.")


def _is_whole(value: object, lowest: int, highest: int) -> bool:
    return type(value) is int and lowest <= value <= highest


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(clean(value)) <= longest


def _are_allergens(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_ALLERGENS and all(_is_text(it, LONGEST_WORD) for it in value)


def _judge_item(entry: Entry) -> Refusal | None:
    return next((fault for _, fault in faults(entry.body)), None)


def _judge_count(entry: Entry) -> Refusal | None:
    if entry.only_own and db.session.get_one(Device, entry.device).duty != TILL:
        return RIGHTS[COUNT].refusal()
    if _item_of(entry) is None:
        return NO_ITEM
    return next((fault for _, fault in _stock_faults(entry.body)), None)


NO_ITEM = Refusal("no-such-item", "There is no item of this name in the tuck shop.")


def _item_of(entry: Entry) -> Item | None:
    """An item that is gone counts: a till that had not heard may have sold it."""
    return db.session.get(Item, word(entry.body.get("item")))


def _judge_sale(entry: Entry) -> Refusal | None:
    student = find_student(entry.body.get("student"))
    item, day = _item_of(entry), parse_day(entry.body.get("day"))
    if student is None:
        return Refusal("no-such-student", "This student is not known at this school.")
    if item is None:
        return NO_ITEM
    if day is None or day > clock.today() or is_long_ago(day, local_date(entry.at)):
        return Refusal("no-such-day", "The day is missing, has not come yet, or is too long ago.")
    if entry.device != till_of(student.group_id):
        return Refusal("not-the-till", "Another till serves this student.")
    return judge_sale(item.price, taken_on(student.id, day), allowance_on(student.id, day))


def _judge_void(entry: Entry) -> Refusal | None:
    sale = find(Redemption, entry.body.get("redemption"))
    if sale is None:
        return Refusal("no-such-sale", "There is no sale of this name.")
    if sale.voided_at is not None:
        return None
    return judge_void(
        sale.at,
        entry.at,
        school_pack().rewards.tuck.void,
        here=entry.device == sale.device,
        always=not entry.only_own,
    )


_JUDGES: dict[str, Callable[[Entry], Refusal | None]] = {
    ITEM: _judge_item,
    COUNT: _judge_count,
    REDEEM: _judge_sale,
    VOID: _judge_void,
}

_EFFECTS: dict[str, Callable[[Entry | Stored, Shop], None]] = {
    ITEM: shop.make_or_change,
    COUNT: shop.count,
    REDEEM: shop.sell,
    VOID: shop.take_back,
    shop_kinds.SHELF.name: shop.change_stock,
}
