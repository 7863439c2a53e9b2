"""What the tuck shop has: who says so, what was counted, and that rebuilding comes to the same."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.builders import Tablet, create_staff, create_tablet
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from tests.sync.tuck import INAYA, clerk, holds_what_a_new_one_gets, open_shop, person, sell
from webapp.domain.access.rights import SHOP
from webapp.domain.access.roles import ROLES
from webapp.models import Item, Lesson, Operation, Redemption, School, StockCount, db
from webapp.models.device import IMPORT
from webapp.policies import load
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing
from webapp.sync.tables.rolling import roll

FEAST: dict[str, Any] = {
    "item": "feast",
    "name": " Friday  feast ",
    "price": 2,
    "stock": 8,
    "allergens": ["milk", " wheat ", "milk"],
    "picture": "biscuit",
    "gone": False,
}


@pytest.fixture
def till(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    return open_shop(app)


@pytest.fixture
def office(app: Flask, till: Tablet) -> Tablet:
    return clerk(app, "office")


def stored(name: str) -> Item:
    db.session.rollback()
    return db.session.get_one(Item, name)


def test_a_school_starts_with_the_items_of_its_policy(till: Tablet):
    pack = load("reach").rewards.tuck
    assert till.table("items") == {
        item.key: {
            "id": item.key,
            "name": item.name,
            "price": item.price,
            "stock": item.stock,
            "allergens": list(item.allergens),
            "picture": item.picture,
        }
        for item in pack.items
    }
    stocked = db.session.query(Operation).filter_by(kind="tuck.item")
    assert {(one.device_id, one.by, one.status) for one in stocked} == {(IMPORT, "policy", "applied")}


def test_another_policy_brings_new_items_and_leaves_those_there_are(till: Tablet, office: Tablet):
    assert office.refusals("tuck.item", FEAST | {"item": "apple", "name": "Pear"}) == []
    with writing():
        db.session.query(School).one().pack = "another"
        db.session.execute(delete(Item).where(Item.id == "juice"))
    till.pull()
    assert db.session.query(Operation).filter_by(kind="tuck.item").count() == 6 + 1 + 1
    assert [till.table("items")[item]["name"] for item in ("apple", "juice")] == ["Pear", "Juice"]


def test_the_policy_is_brought_in_once(till: Tablet):
    before = db.session.query(Operation).count()
    till.clock.move(days=1)
    roll()
    assert db.session.query(Operation).count() == before


def test_an_item_is_made_with_what_is_on_the_shelf_and_changed_without(till: Tablet, office: Tablet):
    assert office.refusals("tuck.item", FEAST) == []
    till.pull()
    made = {"id": "feast", "name": "Friday feast", "price": 2, "stock": 8, "picture": "biscuit"}
    assert till.table("items")["feast"] == made | {"allergens": ["milk", "wheat"]}
    assert office.refusals("tuck.item", FEAST | {"price": 1, "stock": 99, "allergens": []}) == []
    till.pull()
    assert till.table("items")["feast"] == made | {"price": 1, "allergens": []}


def test_an_item_made_without_a_count_is_not_on_the_shelf_yet(office: Tablet):
    assert office.refusals("tuck.item", {key: value for key, value in FEAST.items() if key != "stock"}) == []
    assert stored("feast").stock == 0


def test_an_item_that_is_gone_can_come_back(till: Tablet, office: Tablet):
    office.refusals("tuck.item", FEAST)
    office.refusals("tuck.item", FEAST | {"gone": True})
    till.pull()
    assert "feast" not in till.table("items")
    office.refusals("tuck.item", FEAST)
    till.pull()
    assert till.table("items")["feast"]["stock"] == 8


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("item", "", "no-such-item"),
        ("item", "a" * 41, "no-such-item"),
        ("item", "fe\0ast", "no-such-item"),
        ("name", " ", "no-name"),
        ("name", "a" * 61, "no-name"),
        ("price", 0, "no-such-price"),
        ("price", 11, "no-such-price"),
        ("price", True, "no-such-price"),
        ("price", 1.0, "no-such-price"),
        ("stock", -1, "no-such-stock"),
        ("stock", 10_001, "no-such-stock"),
        ("stock", None, "no-such-stock"),
        ("allergens", None, "not-understood"),
        ("allergens", "nuts", "not-understood"),
        ("allergens", ["nuts", ""], "not-understood"),
        ("allergens", ["nuts"] * 21, "not-understood"),
        ("picture", "", "not-understood"),
        ("gone", 0, "not-understood"),
    ],
)
def test_an_item_that_cannot_be_is_refused_with_a_reason(office: Tablet, key: str, value: Any, reason: str):
    assert [given for given, _ in office.refusals("tuck.item", FEAST | {key: value})] == [reason]
    assert db.session.get(Item, "feast") is None


@pytest.mark.parametrize("key", [key for key in FEAST if key != "stock"])
def test_an_item_lacks_nothing(office: Tablet, key: str):
    assert len(office.refusals("tuck.item", {name: value for name, value in FEAST.items() if name != key})) == 1


@pytest.mark.parametrize("key", FEAST)
def test_junk_in_an_item_blocks_nothing(office: Tablet, key: str):
    for value in VALUES:
        office.record("tuck.item", FEAST | {key: value})
    answer = office.push().json
    assert answer["upto"] == len(VALUES)
    assert all(note["detail"] for note in answer["notes"])
    assert not any(rebuild().values())


def test_items_are_for_the_office_and_the_tuck_shop_to_change(app: Flask, till: Tablet):
    for role in ROLES:
        refused = [reason for reason, _ in clerk(app, role).refusals("tuck.item", FEAST)]
        assert (role, refused) == (role, [] if role in SHOP else ["not-allowed"])


def test_nobody_speaks_for_the_policy(app: Flask, till: Tablet):
    create_staff("policy")
    assert [reason for reason, _ in create_tablet(app, staff="policy").refusals("tuck.item", FEAST)] == ["not-allowed"]


def test_a_count_says_what_is_there_and_what_should_have_been(till: Tablet):
    sell(till)
    op = till.record("tuck.count", {"item": "apple", "stock": 12})
    assert till.push().json["notes"] == []
    till.pull()
    assert till.table("items")["apple"]["stock"] == 12
    count = db.session.get_one(StockCount, till.id_of(op))
    assert (count.item, count.expected, count.counted, count.by) == ("apple", 29, 12, "t.tuck")
    assert count.day.isoformat() == "2026-03-03"


def test_more_than_was_counted_can_be_on_the_shelf(till: Tablet):
    assert till.refusals("tuck.count", {"item": "apple", "stock": 0}) == []
    sell(till)
    assert stored("apple").stock == -1


def test_anybody_counts_at_a_till_and_elsewhere_the_office_and_the_tuck_shop(app: Flask, till: Tablet):
    body = {"item": "apple", "stock": 5}
    assert person(app, "teacher", duty="till").refusals("tuck.count", body) == []
    for role in ROLES:
        refused = [reason for reason, _ in person(app, role).refusals("tuck.count", body)]
        assert (role, refused) == (role, [] if role in SHOP else ["not-allowed"])


def test_junk_is_not_counted(till: Tablet):
    for value in VALUES:
        reasons = [reason for reason, _ in till.refusals("tuck.count", {"item": value, "stock": 5})]
        assert reasons in (["no-such-item"], ["too-long"])
    for value in [value for value in VALUES if type(value) is not int or not 0 <= value <= 10_000]:
        reasons = [reason for reason, _ in till.refusals("tuck.count", {"item": "apple", "stock": value})]
        assert reasons in (["no-such-stock"], ["too-long"])
    assert till.refusals("tuck.count", {"item": "apple", "stock": False})


def test_rebuilding_stocks_the_shop_again(office: Tablet):
    office.refusals("tuck.item", FEAST)
    office.refusals("tuck.item", FEAST | {"gone": True, "price": 1})
    check_rebuilding("tuck", Item, stock=77, allergens="[]", gone=False)


def test_rebuilding_counts_again(till: Tablet):
    till.refusals("tuck.count", {"item": "apple", "stock": 12})
    sell(till)
    till.refusals("tuck.count", {"item": "apple", "stock": 10})
    check_rebuilding("tuck", StockCount, expected=0, by="")


def test_rebuilding_comes_to_what_should_be_on_the_shelf(app: Flask, till: Tablet):
    sell(till)
    till.refusals("tuck.count", {"item": "apple", "stock": 12})
    till.refusals("tuck.void", {"redemption": sell(till)})
    sell(till, INAYA)
    assert stored("apple").stock == 11
    with writing():
        for model in (Redemption, StockCount, Item):
            db.session.execute(delete(model))
    assert rebuild()["tuck"] == 3 + 1 + 6
    assert stored("apple").stock == 11
    assert not any(rebuild().values())
    holds_what_a_new_one_gets(app, till)
