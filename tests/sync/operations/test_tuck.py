"""The tuck shop: never more than the allowance of a student and a day, whoever sells."""

from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_student, create_tablet
from tests.builders_rewards import give, limit
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from tests.sync.tuck import (
    INAYA,
    SAM,
    TODAY,
    ZOE,
    clerk,
    holds_what_a_new_one_gets,
    left,
    open_shop,
    person,
    sell,
    why_not_sold,
)
from webapp.models import Item, Lesson, Redemption, db
from webapp.sync.log.rebuild import rebuild

YESTERDAY = "2026-03-02"


@pytest.fixture
def till(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    return open_shop(app)


@pytest.fixture
def floor(app: Flask, till: Tablet) -> Tablet:
    """A teacher's tablet."""
    tablet = create_tablet(app)
    tablet.pull()
    return tablet


def stock(name: str = "apple") -> int:
    db.session.rollback()
    return db.session.get_one(Item, name).stock


def test_a_sale_reaches_tablets_with_what_is_left(till: Tablet, floor: Tablet):
    before, sale = stock(), sell(till)
    assert left(floor) == 1
    assert floor.table("redemptions")[sale] == {
        "id": sale,
        "student": ZOE,
        "item": "apple",
        "price": 1,
        "day": TODAY,
        "device": till.device,
        "by": "t.tuck",
        "at": "2026-03-03T10:21:07.000Z",
        "void": False,
    }
    assert floor.table("items")["apple"]["stock"] == stock() == before - 1


@pytest.mark.parametrize(("student", "allowance"), [(ZOE, 2), (INAYA, 1), (SAM, 0)])
def test_a_level_brings_its_items_a_day_and_no_more(app: Flask, till: Tablet, student: str, allowance: int):
    for _ in range(allowance):
        sell(till, student)
    assert why_not_sold(till, student, "juice") == ["over-allowance"]
    assert left(till, student) == 0
    holds_what_a_new_one_gets(app, till)


def test_a_student_whose_marks_decide_nothing_takes_nothing(till: Tablet):
    create_student("Ola", "New")
    assert why_not_sold(till, "4") == ["over-allowance"]


def test_of_one_push_no_more_is_taken_than_is_left(till: Tablet):
    for _ in range(3):
        till.record("tuck.redeem", {"student": ZOE, "item": "apple", "day": TODAY})
    assert [(note["n"], note["reason"]) for note in till.push().json["notes"]] == [(3, "over-allowance")]
    assert db.session.query(Redemption).count() == 2


def test_each_day_has_its_own_allowance(app: Flask, till: Tablet):
    sell(till, INAYA)
    sell(till, INAYA, day=YESTERDAY)
    assert why_not_sold(till, INAYA, day=YESTERDAY) == ["over-allowance"]
    app.config["CLOCK"].move(days=1)
    assert left(till, INAYA) == 1
    sell(till, INAYA, day="2026-03-04")


def test_what_came_late_for_yesterday_leaves_today_as_it_is(till: Tablet):
    sell(till, day=YESTERDAY)
    assert left(till) == 2


def test_an_item_counts_what_it_cost_when_it_was_taken(app: Flask, till: Tablet):
    office = clerk(app, "office")
    sale = sell(till, item="juice")
    juice = {"item": "juice", "name": "Juice", "price": 2, "allergens": [], "picture": "drink", "gone": False}
    assert office.refusals("tuck.item", juice) == []
    assert why_not_sold(till, item="juice") == ["over-allowance"]
    till.pull()
    assert (till.table("redemptions")[sale]["price"], till.table("items")["juice"]["price"]) == (1, 2)
    assert not any(rebuild().values())


def test_a_limit_counts_on_the_days_on_which_it_holds(app: Flask, till: Tablet):
    assert limit(1, "creative", start="2026-03-04", until="2026-03-05") is None
    assert left(till) == 2
    for day, most in (("2026-03-04", 1), ("2026-03-05", 1), ("2026-03-06", 2)):
        app.config["CLOCK"].move(days=1)
        assert (day, left(till)) == (day, most)
        holds_what_a_new_one_gets(app, till)
        for _ in range(most):
            sell(till, day=day)
        assert why_not_sold(till, day=day) == ["over-allowance"]


def test_a_limit_that_moves_no_level_of_the_week_still_counts_today(app: Flask, till: Tablet):
    """A stricter one has been and gone."""
    assert limit(1, "none", start="2026-03-02", until="2026-03-02") is None
    assert left(till) == 2
    assert limit(1, "creative") is None
    assert left(till) == 1


def test_a_late_mark_changes_what_is_left_and_takes_nothing_back(till: Tablet):
    sell(till)
    sell(till)
    give(1, 3)
    assert left(till) == 0
    assert [row["void"] for row in till.table("redemptions").values()] == [False, False]
    assert why_not_sold(till) == ["over-allowance"]


def test_what_is_taken_back_can_be_taken_again(till: Tablet, floor: Tablet):
    before, sale = stock(), sell(till, INAYA)
    assert till.refusals("tuck.void", {"redemption": sale}) == []
    assert left(floor, INAYA) == 1
    assert floor.table("redemptions")[sale]["void"] is True
    assert stock() == before
    sell(till, INAYA)


def test_a_sale_can_be_taken_back_before_the_school_has_heard_of_it(till: Tablet):
    op = till.record("tuck.redeem", {"student": ZOE, "item": "apple", "day": TODAY})
    assert till.refusals("tuck.void", {"redemption": till.id_of(op)}) == []
    assert left(till) == 2


def test_taking_back_again_says_nothing_new(app: Flask, till: Tablet):
    sale = sell(till)
    till.refusals("tuck.void", {"redemption": sale})
    on_the_shelf, row = stock(), db.session.get_one(Redemption, sale)
    rev = row.rev
    app.config["CLOCK"].move(hours=1)
    assert till.refusals("tuck.void", {"redemption": sale}) == []
    db.session.refresh(row)
    assert (row.rev, stock()) == (rev, on_the_shelf)


def held_by(till: Tablet, staff: str) -> Tablet:
    """The till in other hands."""
    till.staff = staff
    assert till.sign_in().status_code == 200
    return till


def test_the_till_takes_back_what_it_sold_for_some_minutes(app: Flask, till: Tablet):
    sales = [sell(held_by(till, "a.adeyemi")) for _ in range(2)]
    app.config["CLOCK"].move(minutes=5)
    assert till.refusals("tuck.void", {"redemption": sales[0]}) == []
    app.config["CLOCK"].move(seconds=1)
    (refused,) = till.refusals("tuck.void", {"redemption": sales[1]})
    assert refused == ("too-late", "It was sold a while ago. The office or the tuck shop can take it back.")


def test_when_it_was_taken_back_counts_and_not_when_the_school_heard(app: Flask, till: Tablet, floor: Tablet):
    """A till without a network goes by its own clock."""
    sale = held_by(till, "a.adeyemi").record("tuck.redeem", {"student": ZOE, "item": "apple", "day": TODAY})
    app.config["CLOCK"].move(minutes=4)
    till.record("tuck.void", {"redemption": till.id_of(sale)})
    app.config["CLOCK"].move(hours=3)
    assert till.push().json["notes"] == []
    assert left(floor) == 2


def test_other_tablets_take_back_nothing_but_the_office_and_the_tuck_shop_do(app: Flask, till: Tablet, floor: Tablet):
    first, second = sell(till), sell(till)
    app.config["CLOCK"].move(hours=2)
    assert [reason for reason, _ in floor.refusals("tuck.void", {"redemption": first})] == ["not-allowed"]
    assert person(app, "office").refusals("tuck.void", {"redemption": first}) == []
    assert till.refusals("tuck.void", {"redemption": second}) == []
    assert left(till) == 2


def test_nothing_is_taken_back_before_it_was_sold(till: Tablet):
    sale = sell(till)
    wall = till.sign_in_by_a_wrong_clock(days=-3650)
    assert till.refusals("tuck.void", {"redemption": sale}, wall=wall) == []
    row = db.session.get_one(Redemption, sale)
    assert row.voided_at == row.at


def test_an_item_that_is_gone_may_have_been_sold_by_a_till_that_had_not_heard(app: Flask, till: Tablet):
    gone = {"item": "juice", "name": "Juice", "price": 1, "allergens": [], "picture": "drink", "gone": True}
    assert clerk(app, "office").refusals("tuck.item", gone) == []
    sale = sell(till, item="juice")
    till.pull()
    assert "juice" not in till.table("items")
    assert till.table("redemptions")[sale]["item"] == "juice"


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("student", "99", "no-such-student"),
        ("student", 1, "no-such-student"),
        ("item", "pizza", "no-such-item"),
        ("day", "2026-03-04", "no-such-day"),
        ("day", "today", "no-such-day"),
    ],
)
def test_a_sale_that_cannot_be_is_refused_with_a_reason(till: Tablet, key: str, value: Any, reason: str):
    body = {"student": ZOE, "item": "apple", "day": TODAY, key: value}
    assert [given for given, _ in till.refusals("tuck.redeem", body)] == [reason]


@pytest.mark.parametrize("key", ["student", "item", "day"])
def test_junk_in_a_sale_is_refused(till: Tablet, key: str):
    values = [value for value in VALUES if value != "1"]
    for value in values:
        till.record("tuck.redeem", {"student": ZOE, "item": "apple", "day": TODAY, key: value})
    notes = till.push().json["notes"]
    assert len(notes) == len(values)
    assert all(note["detail"] for note in notes)
    assert db.session.query(Redemption).count() == 0


def test_junk_is_no_sale_to_take_back(till: Tablet):
    for value in [*VALUES, "d9.a9.1"]:
        reasons = [reason for reason, _ in till.refusals("tuck.void", {"redemption": value})]
        assert reasons in (["no-such-sale"], ["too-long"])


def test_rebuilding_sells_everything_again(app: Flask, till: Tablet):
    sell(till)
    back = sell(till, INAYA)
    till.refusals("tuck.void", {"redemption": back})
    sell(till, INAYA, "juice")
    check_rebuilding("tuck", Redemption, price=7, voided_at=None, voided_by=None)
