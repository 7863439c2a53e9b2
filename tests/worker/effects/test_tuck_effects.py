"""What a till shows of the tuck shop before the school has spoken, over what the school has said."""

from typing import Any

from tests.worker.effects.test_space_effects import recorded
from tests.worker.modules import Modules

APPLE: dict[str, Any] = {"id": "apple", "name": "Apple", "price": 2, "stock": 5, "allergens": [], "picture": "apple"}
SOLD = {"student": "1", "item": "apple", "day": "2026-03-03"}


def test_a_sale_counts_at_once_and_leaves_the_shelf(modules: Modules) -> None:
    wanted = [["redemptions", "d1.abc.1"], ["items", "apple"]]
    sale, apple = recorded(modules, [["tuck.redeem", SOLD]], wanted, [["items", APPLE]])
    assert sale.pop("at")
    assert sale == SOLD | {"id": "d1.abc.1", "price": 2, "device": "d1", "by": "ada", "void": False}
    assert apple["stock"] == 4


def test_a_sale_taken_back_is_on_the_shelf_again_once(modules: Modules) -> None:
    back: list[Any] = ["tuck.void", {"redemption": "d1.abc.1"}]
    wanted = [["redemptions", "d1.abc.1"], ["items", "apple"]]
    sale, apple = recorded(modules, [["tuck.redeem", SOLD], back, back], wanted, [["items", APPLE]])
    assert (sale["void"], apple["stock"]) == (True, 5)


def test_a_sale_that_came_back_already_leaves_the_shelf_once(modules: Modules) -> None:
    pulled = SOLD | {"id": "d1.abc.1", "price": 2, "device": "d1", "by": "ada", "at": "x", "void": True}
    rows: list[Any] = [["items", APPLE], ["redemptions", pulled]]
    wanted = [["redemptions", "d1.abc.1"], ["items", "apple"]]
    sale, apple = recorded(modules, [["tuck.redeem", SOLD]], wanted, rows)
    assert (sale, apple["stock"]) == (pulled, 5)


def test_a_count_is_what_there_is(modules: Modules) -> None:
    drafts: list[Any] = [["tuck.redeem", SOLD], ["tuck.count", {"item": "apple", "stock": 9}]]
    (apple,) = recorded(modules, drafts, [["items", "apple"]], [["items", APPLE]])
    assert apple["stock"] == 9


def test_a_till_that_lets_go_sells_no_more_at_once(modules: Modules) -> None:
    row = {"id": "8B", "group": "8B", "device": "d1", "to": "d2"}
    (till,) = recorded(modules, [["till.release", {"group": "8B"}]], [["tills", "8B"]], [["tills", row]])
    assert (till["device"], till["to"]) == ("d2", None)


def test_what_speaks_of_a_row_that_is_not_here_changes_nothing(modules: Modules) -> None:
    drafts: list[Any] = [["tuck.void", {"redemption": "d9.x.1"}], ["tuck.count", {"item": "gold", "stock": 1}]]
    drafts += [["till.release", {"group": "9A"}], ["tuck.redeem", SOLD]]
    wanted = [["redemptions", "d9.x.1"], ["items", "gold"], ["tills", "9A"], ["items", "apple"]]
    assert recorded(modules, drafts, wanted, []) == [None] * 4
