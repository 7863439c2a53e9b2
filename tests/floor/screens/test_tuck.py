from datetime import timedelta
from typing import Any

import pytest

from tests.floor.made_up import SCHOOL
from tests.floor.made_up_tuck import ITEMS, item_row
from tests.floor.rows import NOW, make_cap, make_level, make_sale, make_student, make_tables, make_viewer
from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import instant
from webapp.floor.both.screens import tuck, tuck_student
from webapp.floor.both.taps import tuck as tuck_taps

LONG_AGO = instant(NOW - timedelta(minutes=6))
FRIDAY = NOW + timedelta(days=3)


def tables(**rows: Any) -> Any:
    """Zoë, who is Heroic, in a shop with two apples left; this tablet is the school's only till."""
    given: dict[str, Any] = {"students": [make_student(1)], "levels": [make_level()], "items": ITEMS[:1]}
    return make_tables(**(given | rows))


def served(viewer: Any = None, now: Any = NOW, **rows: Any) -> tuck_student.Context:
    found = tuck_student.context(tables(**rows), viewer or make_viewer(), now, {"student": "1"})
    assert found is not None
    return found


def queue(viewer: Any = None, params: dict[str, str] | None = None, **rows: Any) -> tuck.Context:
    found = tuck.context(tables(**rows), viewer or make_viewer(), NOW, params or {})
    assert found is not None
    return found


def tap(name: str, form: dict[str, str], viewer: Any = None, **rows: Any) -> Any:
    return getattr(tuck_taps, name)(tables(**rows), viewer or make_viewer(), NOW, {"student": "1"}, form)


def till(device: str = "d2", to: str | None = None) -> dict[str, Any]:
    return {"id": "8B", "group": "8B", "device": device, "to": to}


def test_a_level_opens_so_many_items_a_day() -> None:
    assert served()["left"] == "2 of 2 left today"
    assert served(levels=[make_level(earned="creative")])["left"] == "1 of 1 left today"


def test_what_was_taken_today_counts_and_what_was_taken_back_does_not() -> None:
    assert served(redemptions=[make_sale()])["left"] == "1 of 2 left today"
    assert served(redemptions=[make_sale(void=True)])["left"] == "2 of 2 left today"
    assert served(redemptions=[make_sale(day="2026-03-02")])["left"] == "2 of 2 left today"
    assert served(redemptions=[make_sale(student="2")])["left"] == "2 of 2 left today"


def test_an_item_counts_what_it_counted_when_it_was_taken() -> None:
    assert served(redemptions=[make_sale(price=2)])["left"] == "That’s all for today"


def test_a_limit_that_came_after_more_was_taken_takes_nothing_back() -> None:
    shown = served(redemptions=[make_sale(40), make_sale(41)], caps=[make_cap()])
    assert (shown["left"], len(shown["sales"])) == ("That’s all for today", 2)
    assert shown["level"] == {"name": "Creative", "limit": "Creative at most, until staff lift it"}


def test_with_all_taken_the_words_are_kind_and_there_is_nothing_to_tap() -> None:
    taken = [make_sale(40), make_sale(41)]
    shown = served(redemptions=taken)
    assert (shown["left"], shown["notice"], shown["items"]) == ("That’s all for today", "Tomorrow again.", [])
    assert served(now=FRIDAY, redemptions=[row | {"day": "2026-03-06"} for row in taken])["notice"].endswith("weekend.")


@pytest.mark.parametrize(
    "rows", [{"levels": []}, {"levels": [make_level(earned=None)]}, {"caps": [make_cap(cap="none")]}]
)
def test_without_a_level_there_is_nothing_today_and_another_chance(rows: dict[str, Any]) -> None:
    shown = served(**rows)
    assert (shown["left"], shown["items"]) == ("Nothing today", [])
    assert shown["notice"] == "The marks of this week count for the next."


def test_an_item_says_what_it_contains_and_how_many_there_are() -> None:
    items = served(items=[item_row("bar", allergens=["oats", "nuts"]), item_row("apple", stock=0)])["items"]
    assert [(item["name"], item["allergens"], item["stock"]) for item in items] == [
        ("Apple", "No allergens listed", "none on the shelf by the count"),
        ("Bar", "Contains oats, nuts", "12 on the shelf"),
    ]


def test_an_item_that_counts_more_than_is_left_cannot_be_taken() -> None:
    feast = item_row("feast", price=2)
    (item,) = served(items=[feast], redemptions=[make_sale()])["items"]
    assert (item["enough"], item["price"]) == (False, "Counts as 2")
    assert tap("sell", {"item": "feast"}, items=[feast], redemptions=[make_sale()]) == []


@pytest.mark.parametrize(
    ("school", "tills", "words"),
    [
        ({}, [till("d2")], "Till 2 sells to this group."),
        ({}, [till("d9")], "Another tablet sells to this group."),
        ({}, [till("d1", to="d2")], "Till 2 takes over in a moment."),
        ({"till": "d2"}, [], "Till 2 sells to this group."),
        ({"till": None}, [], "No tablet is the till yet. The office can give a code for one."),
    ],
)
def test_who_is_not_the_till_sells_nothing_and_says_who_does(school: Any, tills: Any, words: str) -> None:
    rows: dict[str, Any] = {"school": [SCHOOL | school], "tills": tills}
    shown = served(**rows)
    assert (shown["left"], shown["notice"], shown["items"]) == ("2 of 2 left today", words, [])
    assert tap("sell", {"item": "apple"}, **rows) == []


def test_the_duty_given_to_a_till_counts_more_than_being_the_first() -> None:
    rows: dict[str, Any] = {"school": [SCHOOL | {"till": "d2"}], "tills": [till("d1")]}
    assert tap("sell", {"item": "apple"}, **rows) != []


def test_one_tap_takes_an_item() -> None:
    body = {"student": "1", "item": "apple", "day": "2026-03-03"}
    assert tap("sell", {"item": "apple"}) == [{"kind": "tuck.redeem", "body": body}]


@pytest.mark.parametrize("form", [{}, {"item": ""}, {"item": "gold"}])
def test_what_is_not_in_the_shop_is_not_sold(form: dict[str, str]) -> None:
    assert tap("sell", form) == []


def test_nothing_is_sold_over_the_allowance() -> None:
    assert tap("sell", {"item": "apple"}, redemptions=[make_sale(40), make_sale(41)]) == []
    assert tap("sell", {"item": "apple"}, students=[]) == []


SHOPKEEPER = {"ada": {"id": "ada", "name": "Ada", "role": "tuck-shop"}}


@pytest.mark.parametrize(
    ("sale", "role", "back"),
    [
        (make_sale(), "teacher", True),
        (make_sale(at=LONG_AGO), "teacher", False),
        (make_sale(device="d2"), "teacher", False),
        (make_sale(at=LONG_AGO, device="d2"), "tuck-shop", True),
        (make_sale(at=LONG_AGO, device="d2"), "head", True),
    ],
)
def test_a_sale_is_taken_back_where_it_was_made_or_by_the_shop(sale: Any, role: str, back: bool) -> None:
    staff = [{"id": "ada", "name": "Ada", "role": role}]
    rows: dict[str, Any] = {"redemptions": [sale], "staff": staff}
    drafts = [{"kind": "tuck.void", "body": {"redemption": sale["id"]}}] if back else []
    assert served(**rows)["sales"][0]["back"] is back
    assert bool(queue(**rows)["sales"]) is back
    for name in ("take_back_sale", "take_back_from"):
        assert tap(name, {"redemption": sale["id"]}, **rows) == drafts


def test_a_sale_is_taken_back_once() -> None:
    assert tap("take_back_sale", {"redemption": "d1.abc.40"}, redemptions=[make_sale(void=True)]) == []
    assert tap("take_back_sale", {"redemption": "d9.x.1"}, redemptions=[make_sale()]) == []


def test_the_latest_sales_can_be_taken_back_from_the_queue() -> None:
    sales = [make_sale(40 + n, at=instant(NOW - timedelta(seconds=n))) for n in range(7)]
    shown = queue(redemptions=sales)
    assert [sale["id"] for sale in shown["sales"]] == [f"d1.abc.{40 + n}" for n in range(5)]
    assert shown["chrome"]["sub"] == "7 taken today"
    assert (shown["sales"][0]["student"], shown["sales"][0]["item"]) == ("Zoë Okafor", "Apple")


def test_the_queue_lists_a_tills_own_groups_first_with_what_is_left() -> None:
    here = [make_student(1), make_student(2, group="7A", year=7), make_student(3, "Al Bo")]
    found = queue(
        make_viewer(duty="till"),
        students=[*here, make_student(4, left="2026-01-01")],
        tills=[till("d1"), {"id": "7A", "group": "7A", "device": "d2", "to": None}],
        redemptions=[make_sale(40), make_sale(41)],
        levels=[make_level(), make_level(3, "creative")],
    )["groups"]
    assert [(group["name"], group["till"]) for group in found] == [("8B", ""), ("7A", "Till 2 sells to this group.")]
    notes = [[(row["name"], row["note"]) for row in group["students"]] for group in found]
    assert notes == [[("Al Bo", "1 left"), ("Zoë Okafor", "all taken")], [("Zoë Okafor", "")]]


def test_the_shelf_is_counted_by_the_till_or_the_shop() -> None:
    counted = [{"kind": "tuck.count", "body": {"item": "apple", "stock": 7}}]
    assert tap("count_shelf", {"count-apple": "7"}) == []
    assert queue()["shelf"] == []
    assert tap("count_shelf", {"count-apple": "7"}, make_viewer(duty="till")) == counted
    assert tap("count_shelf", {"count-apple": "7"}, staff=list(SHOPKEEPER.values())) == counted
    assert queue(make_viewer(duty="till"))["shelf"][0]["stock"] == "12 on the shelf"


def test_what_is_left_empty_was_not_counted() -> None:
    items = [item_row("apple"), item_row("bar")]
    (draft,) = tap("count_shelf", {"count-apple": "", "count-bar": "0"}, make_viewer(duty="till"), items=items)
    assert draft["body"] == {"item": "bar", "stock": 0}


@pytest.mark.parametrize("typed", ["many", "-1", "1.5", "99999", "١٢", " 7"])
def test_a_count_that_is_no_number_is_asked_for_again(typed: str) -> None:
    form = {"count-apple": typed}
    verdict = tap("count_shelf", form, make_viewer(duty="till"))
    assert verdict == Refusal("count-apple", tuck_taps.NO_NUMBER)
    shown = queue(make_viewer(duty="till"), form | {"error": verdict.detail, "field": verdict.reason})
    assert (shown["error"], shown["field"], shown["shelf"][0]["typed"]) == (verdict.detail, "count-apple", typed)


def test_an_unknown_student_has_no_page() -> None:
    assert tuck_student.context(tables(), make_viewer(), NOW, {"student": "9"}) is None
