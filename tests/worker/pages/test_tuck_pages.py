"""The tuck shop on real tablets: the till sells with and without the school, and nobody else does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.builders import create_staff
from tests.builders_rewards import do, give
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.models import Operation, Redemption, db
from webapp.models.operation import REFUSED

TWO_AT_ONCE = """() => Promise.all([1, 2, 3].map(() =>
  fetch("/tuck/1/sell", { method: "POST", body: new URLSearchParams({ item: "apple" }) })))"""


@pytest.fixture
def till(new_tablet: Callable[..., Tablet]) -> Tablet:
    """The school's only till, where Amal (1) is Heroic and Bo (2) is Creative."""
    give(1, 5)
    give(2, 4)
    return new_tablet("Till 1", "till")


def sold(tablet: Tablet) -> list[str]:
    return [operation["body"]["item"] for operation in tablet.operations if operation["kind"] == "tuck.redeem"]


def test_a_till_serves_the_queue_without_the_school(till: Tablet, school: School) -> None:
    school.stop()
    page = till.page
    page.goto(f"{school.url}/today")
    page.get_by_role("link", name="Tuck").click()
    page.get_by_label("Find a name").fill("o")
    page.get_by_label("Find a name").press("Enter")
    page.get_by_label("Find a name").fill("ama")
    page.get_by_label("Find a name").press("Enter")
    expect(page.get_by_text("2 of 2 left today")).to_be_visible()
    page.get_by_role("button", name="Cereal bar").click()
    expect(page.get_by_text("1 of 2 left today")).to_be_visible()
    page.get_by_role("button", name="Take back: Cereal bar").click()
    expect(page.get_by_text("2 of 2 left today")).to_be_visible()
    for words in ("1 of 2 left today", "That’s all for today"):
        page.get_by_role("button", name="Apple No allergens listed").click()
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("link", name="Next student").click()
    expect(page.get_by_role("link", name="Amal Okafor")).to_contain_text("all taken")
    assert sold(till) == ["cereal-bar", "apple", "apple"]


def test_what_was_sold_without_the_school_is_sold_there_too(till: Tablet, school: School) -> None:
    school.stop()
    till.tap("/tuck/1/sell", item="apple")
    school.start()
    till.sync()
    (sale,) = db.session.query(Redemption)
    assert (sale.student_id, sale.item, sale.device) == (1, "apple", till.meta["device"])
    assert "1 of 2 left today" in till.look("/tuck/1")["text"]


def test_taps_at_the_same_time_never_take_more_than_is_left(till: Tablet, school: School) -> None:
    school.stop()
    till.page.evaluate(TWO_AT_ONCE)
    assert sold(till) == ["apple", "apple"]
    till.tap("/tuck/2/sell", item="apple")
    till.tap("/tuck/2/sell", item="apple")
    till.tap("/tuck/3/sell", item="apple")
    assert sold(till) == ["apple", "apple", "apple"]


def test_another_tablet_sells_nothing_and_says_who_does(till: Tablet, new_tablet: Callable[..., Tablet]) -> None:
    other = new_tablet("Trolley 3")
    page = other.look("/tuck/1")["text"]
    assert "2 of 2 left today" in page
    assert "Till 1 sells to this group." in page
    other.tap("/tuck/1/sell", item="apple")
    assert other.operations == []


def test_a_till_lets_go_of_a_group_by_itself_after_all_it_sold(
    till: Tablet, new_tablet: Callable[..., Tablet], school: School
) -> None:
    other = new_tablet("Till 2", "till")
    create_staff("c.quartey", role="head")
    school.stop()
    till.tap("/tuck/1/sell", item="apple")
    assert do("till.move", {"group": "8B", "to": other.meta["device"]}, "c.quartey") is None
    till.tap("/sign-out", is_fragment=False)
    school.start()
    till.tell_worker("sync")
    till.eventually(lambda: till.has_synced() and till.operations[-1]["kind"] == "till.release")
    assert till.operations[-1]["by"] == "a.adeyemi"
    till.tap("/hold", is_fragment=False, staff="a.adeyemi")
    till.tap("/tuck/1/sell", item="apple")
    other.tell_worker("sync")
    other.eventually(lambda: sells(other))
    other.tap("/tuck/1/sell", item="apple")
    other.sync()
    sales = db.session.query(Redemption).order_by(Redemption.rev)
    assert [sale.device for sale in sales] == [till.meta["device"], other.meta["device"]]
    assert db.session.query(Operation).filter_by(status=REFUSED).count() == 0


def sells(tablet: Tablet) -> bool:
    return "1 of 2 left today" in (page := tablet.look("/tuck/1")["text"]) and "/tuck/1/sell" in page


def test_the_shelf_is_counted_at_the_end_of_the_day(till: Tablet, school: School) -> None:
    school.stop()
    page = till.page
    page.goto(f"{school.url}/tuck")
    page.get_by_text("Count the shelf").click()
    page.get_by_label("Apple").fill("many")
    page.get_by_role("button", name="Save the count").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a whole number")
    page.get_by_label("Apple").fill("7")
    page.get_by_role("button", name="Save the count").click()
    expect(page.get_by_label("Apple")).to_have_value("")
    expect(page.get_by_text("7 on the shelf")).to_be_visible()
    assert [operation["body"] for operation in till.operations] == [{"item": "apple", "stock": 7}]
