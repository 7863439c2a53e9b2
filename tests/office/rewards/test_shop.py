"""The tuck shop at the desk: items, counts, sales, and which till serves whom."""

import csv
import io

import pytest
from flask import Flask

from tests.builders import create_tablet
from tests.builders_rewards import create_rewards
from tests.office.conftest import Person, Sign
from webapp.domain.access.rights import SHOP
from webapp.domain.access.roles import ROLES
from webapp.models import Item, Redemption, Till, db
from webapp.sync.tables.rolling import roll

FLAPJACK = {"name": "Flapjack", "price": "2", "stock": "12", "allergens": "oats, milk", "picture": "bar"}


@pytest.fixture
def shopkeeper(sign_in: Sign) -> Person:
    roll()
    return sign_in("tuck-shop")


def test_the_pack_starts_the_shelf(shopkeeper: Person):
    page = shopkeeper.get("/office/tuck").text
    assert "Apple" in page
    assert "30 on the shelf" in page
    assert "contains oats, nuts" in page


def test_something_new_is_offered_changed_and_taken_off(shopkeeper: Person):
    assert shopkeeper.post("/office/tuck/items", **FLAPJACK).status_code == 303
    item = db.session.get_one(Item, "flapjack")
    assert (item.name, item.price, item.stock, item.allergens) == ("Flapjack", 2, 12, '["oats", "milk"]')
    shopkeeper.post("/office/tuck/items", item="flapjack", name="Oat bar", price="1", picture="bar")
    db.session.expire_all()
    item = db.session.get_one(Item, "flapjack")
    assert (item.name, item.price, item.stock, item.allergens) == ("Oat bar", 1, 12, "[]")
    shopkeeper.post("/office/tuck/items", item="flapjack", name="Oat bar", price="1", picture="bar", gone="on")
    page = shopkeeper.get("/office/tuck").text
    assert "No longer offered (1)" in page
    assert "Offer Oat bar again" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "needs a name"),
        ("price", "0", "1 to 10 items"),
        ("price", "many", "1 to 10 items"),
        ("stock", "-1", "whole number"),
    ],
)
def test_what_a_new_item_lacks_is_said_beside_its_field(shopkeeper: Person, field: str, value: str, words: str):
    answer = shopkeeper.post("/office/tuck/items", **FLAPJACK | {field: value})
    assert answer.status_code == 422
    assert "<title>Error: Tuck shop" in answer.text
    assert words in answer.text
    assert f'id="{field}-wrong"' in answer.text
    assert db.session.get(Item, "flapjack") is None


def test_a_count_is_kept_beside_what_was_expected(shopkeeper: Person):
    shopkeeper.post("/office/tuck/count", item="apple", stock="27")
    page = shopkeeper.get("/office/tuck").text
    assert "27 on the shelf" in page
    assert "Counted on Tue 3 March" in page
    assert '<td class="num">30</td><td class="num">27</td>' in page


def test_a_count_that_is_no_number_changes_nothing(shopkeeper: Person):
    answer = shopkeeper.post("/office/tuck/count", item="apple", stock="lots")
    assert answer.status_code == 422
    assert "whole number" in answer.text
    assert db.session.get_one(Item, "apple").stock == 30


def test_what_was_taken_by_whom_is_listed_taken_back_and_exported(shopkeeper: Person):
    create_rewards()
    page = shopkeeper.get("/office/tuck").text
    assert "<bdi>Zoë Okafor</bdi></b>: <bdi>Apple</bdi>" in page
    assert shopkeeper.post("/office/tuck/take-back", redemption="d9.a9.1", day="2026-03-03").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Redemption, "d9.a9.1").voided_by == "tuck-shop"
    assert "Taken back:" in shopkeeper.get("/office/tuck?day=2026-03-03").text
    assert "Nobody took anything" in shopkeeper.get("/office/tuck?day=2026-03-02").text
    file = shopkeeper.get("/office/tuck/sales.csv?day=2026-03-03")
    lines = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert lines[1][2:4] == ["Zoë Okafor", "Apple"]
    assert shopkeeper.get("/office/tuck/sales.pdf").status_code == 404


def test_the_duty_of_a_till_moves_once_the_old_one_lets_go(app: Flask, sign_in: Sign):
    create_tablet(app, duty="till")
    other = create_tablet(app, duty="till").device
    office = sign_in("office")
    assert office.post("/office/tuck/tills", group="8B", to=other).status_code == 303
    assert "once the old till has let go" in office.get("/office/tuck").text
    assert "Reason not to wait" not in office.get("/office/tuck").text


def test_a_leader_moves_it_at_once_with_a_reason(app: Flask, sign_in: Sign):
    create_tablet(app, duty="till")
    other = create_tablet(app, duty="till").device
    head = sign_in("head")
    head.post("/office/tuck/tills", group="8B", to=other, why="It fell into the pond")
    assert db.session.get_one(Till, "8B").device == other
    assert "It fell into the pond" in head.get("/office/tuck").text


def test_a_till_that_is_not_there_is_refused_with_words(app: Flask, sign_in: Sign):
    answer = sign_in("office").post("/office/tuck/tills", group="8B", to="d7")
    assert answer.status_code == 422
    assert "no enrolled till" in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_the_shop_is_for_those_who_look_after_it(sign_in: Sign, role: str):
    assert (sign_in(role).get("/office/tuck").status_code == 200) == (role in SHOP)
