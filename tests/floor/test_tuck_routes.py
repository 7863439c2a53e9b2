import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import PASSWORD, Tablet, create_staff, create_tablet
from tests.builders_rewards import give
from tests.floor.requests import HX, body
from webapp.models import Item, Operation, Redemption, db


@pytest.fixture
def till(classroom: Flask) -> Tablet:
    """The school's till, held by Ada. Zoë (1) is Heroic."""
    create_staff()
    give(1, 5)
    tablet = create_tablet(classroom, "ada", "till")
    tablet.pull()
    return tablet


@pytest.fixture
def shopkeeper(classroom: Flask, till: Tablet) -> FlaskClient:
    create_staff("tess", role="tuck-shop")
    client = classroom.test_client()
    client.post("/sign-in", data={"username": "tess", "password": PASSWORD})
    return client


def sell(till: Tablet, item: str = "apple") -> str:
    """The id of a sale to Zoë."""
    operation = till.record("tuck.redeem", {"student": "1", "item": item, "day": "2026-03-03"})
    assert till.push().json["notes"] == []
    return till.id_of(operation)


def test_a_browser_shows_what_is_left_and_who_sells(till: Tablet, client: FlaskClient) -> None:
    sell(till)
    page = body(client, "/tuck/1")
    assert "1 of 2 left today" in page
    assert "Tablet sells to this group." in page
    assert 'name="item"' not in page
    assert '<a class="button" href="/tuck/1">' in body(client, "/tuck")


def test_who_is_not_known_has_no_page(client: FlaskClient) -> None:
    for name in ("9", "0", "x", "1x", "99999999999999999999"):
        assert client.get(f"/tuck/{name}").status_code == 404


def test_a_browser_sells_nothing(till: Tablet, client: FlaskClient) -> None:
    assert client.post("/tuck/1/sell", data={"item": "apple"}).status_code == 303
    assert db.session.query(Operation).filter_by(kind="tuck.redeem").count() == 0


@pytest.mark.parametrize("tap", ["/tuck/1/sell", "/tuck/1/take-back", "/tuck/take-back", "/tuck/count"])
def test_a_till_whose_worker_is_not_there_yet_is_asked_to_wait(till: Tablet, tap: str) -> None:
    sale = sell(till)
    before = db.session.query(Operation).count()
    answer = till.client.post(tap, data={"item": "apple", "redemption": sale, "count-apple": "3"}, headers=HX)
    assert answer.status_code == 422
    assert "still getting ready to sell by itself" in answer.text
    assert db.session.query(Operation).count() == before


def test_the_shop_takes_a_sale_back_from_any_browser(till: Tablet, shopkeeper: FlaskClient) -> None:
    sale = sell(till)
    till.clock.move(hours=2)
    assert "Take back: Apple, Zoë Okafor" in body(shopkeeper, "/tuck")
    answer = shopkeeper.post("/tuck/take-back", data={"redemption": sale})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tuck")
    assert db.session.get_one(Redemption, sale).voided_by == "tess"
    assert "2 of 2 left today" in body(shopkeeper, "/tuck/1")


def test_a_teacher_in_a_browser_takes_nothing_back(till: Tablet, client: FlaskClient) -> None:
    sale = sell(till)
    assert "Take back" not in body(client, "/tuck/1")
    client.post("/tuck/1/take-back", data={"redemption": sale})
    assert db.session.get_one(Redemption, sale).voided_at is None


def test_the_shop_counts_the_shelf_in_a_browser(shopkeeper: FlaskClient) -> None:
    assert "Count the shelf" in body(shopkeeper, "/tuck")
    answer = shopkeeper.post("/tuck/count", data={"count-apple": "many"})
    assert answer.status_code == 422
    assert "<title>Error: Tuck shop · Reachable</title>" in answer.text
    assert shopkeeper.post("/tuck/count", data={"count-apple": "4", "count-juice": ""}).status_code == 303
    assert db.session.get_one(Item, "apple").stock == 4
    assert db.session.query(Operation).filter_by(kind="tuck.count").count() == 1
