"""Which till sells to whom: one at a time, so that two without a network never sell more than the allowance."""

from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_desk, create_group, create_staff, create_student, create_tablet
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from tests.sync.tuck import INAYA, TODAY, ZOE, clerk, left, open_shop, sell, why_not_sold
from webapp.domain.access.rights import DESK_AND_LEADERS, LEADERS
from webapp.domain.access.roles import ROLES
from webapp.models import Device, Lesson, Quarantined, Redemption, Student, Till, db
from webapp.results.rewards import first_till, taken_on, till_of
from webapp.sync.devices.devices import revoke
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing


@pytest.fixture
def first(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    return open_shop(app)


@pytest.fixture
def second(app: Flask, first: Tablet) -> Tablet:
    return create_tablet(app, staff="t.tuck", duty="till")


@pytest.fixture
def head(app: Flask, first: Tablet) -> Tablet:
    return clerk(app, "head")


def move(tablet: Tablet, to: Tablet, group: str = "8B") -> None:
    assert tablet.refusals("till.move", {"group": group, "to": to.device}) == []


def override(tablet: Tablet, to: Tablet, group: str = "8B") -> None:
    body = {"group": group, "to": to.device, "why": " The battery is  flat "}
    assert tablet.refusals("till.override", body) == []


def release(tablet: Tablet) -> list[str]:
    return [reason for reason, _ in tablet.refusals("till.release", {"group": "8B"})]


def revoked(tablet: Tablet) -> None:
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.device), tablet.clock.now, revs)


def row(tablet: Tablet, group: str = "8B") -> dict[str, Any]:
    tablet.pull()
    return dict(tablet.table("tills")[group])


def test_a_school_with_no_till_sells_nothing(app: Flask, tablet: Tablet):
    tablet.pull()
    assert first_till() is None
    assert why_not_sold(tablet) == ["not-the-till"]


def test_the_oldest_till_sells_until_somebody_says_otherwise(first: Tablet, second: Tablet):
    assert till_of("8B") == first_till() == first.device
    sell(first)
    assert why_not_sold(second) == ["not-the-till"]


def test_the_tenth_tablet_is_younger_than_the_ninth(app: Flask, tablet: Tablet):
    for _ in range(5):
        create_tablet(app)
    tills = [create_tablet(app, duty="till") for _ in range(2)]
    assert [till.device for till in tills] == ["d9", "d10"]
    assert first_till() == "d9"
    revoked(tills[0])
    assert first_till() == "d10"


def test_the_duty_moves_once_the_old_till_has_let_go(first: Tablet, second: Tablet, head: Tablet):
    move(head, second)
    assert row(first) == {"id": "8B", "group": "8B", "device": first.device, "to": second.device}
    sell(first)
    assert why_not_sold(second) == ["not-the-till"]
    assert release(first) == []
    assert row(second) == {"id": "8B", "group": "8B", "device": second.device, "to": None}
    sell(second)
    assert why_not_sold(first) == ["not-the-till"]


def test_what_was_sold_before_letting_go_stands_and_what_came_after_does_not(
    first: Tablet, second: Tablet, head: Tablet
):
    """All of it offline, and sent together."""
    move(head, second)
    sold = {"student": ZOE, "item": "apple", "day": TODAY}
    first.record("tuck.redeem", sold)
    first.record("till.release", {"group": "8B"})
    first.record("tuck.redeem", sold)
    assert [(note["n"], note["reason"]) for note in first.push().json["notes"]] == [(3, "not-the-till")]
    sell(second)
    assert why_not_sold(second) == ["over-allowance"]
    assert taken_on(1, first.clock.now.date()) == 2


def test_two_tills_with_stale_sales_never_sell_more_than_the_allowance(first: Tablet, second: Tablet, head: Tablet):
    """The first one is out of reach, and a leader does not wait for it."""
    sold = {"student": ZOE, "item": "apple", "day": TODAY}
    stale = [first.record("tuck.redeem", sold) for _ in range(2)]
    override(head, second)
    second.record("tuck.redeem", sold)
    second.record("tuck.redeem", sold)
    assert second.push().json["notes"] == []
    assert [note["reason"] for note in first.push().json["notes"]] == ["not-the-till"] * 2
    assert (taken_on(1, first.clock.now.date()), left(second)) == (2, 0)
    first.pull()
    assert first.table("refusals").keys() == {first.id_of(op) for op in stale}


def test_an_override_is_booked_with_its_reason(first: Tablet, second: Tablet, head: Tablet):
    override(head, second)
    booked = db.session.get_one(Till, "8B")
    assert (booked.device, booked.to, booked.by, booked.why) == (
        second.device,
        None,
        "x.head.desk",
        "The battery is flat",
    )
    move(head, first)
    assert release(second) == []
    assert db.session.get_one(Till, "8B").why is None


def test_moving_it_to_where_it_is_ends_the_waiting(first: Tablet, second: Tablet, head: Tablet):
    move(head, second)
    move(head, first)
    assert row(first) == {"id": "8B", "group": "8B", "device": first.device, "to": None}
    assert release(first) == []
    assert till_of("8B") == first.device


def test_letting_go_unasked_says_nothing_new(first: Tablet, second: Tablet):
    assert release(first) == []
    assert db.session.get(Till, "8B") is None
    assert not any(rebuild().values())


def test_only_the_till_that_sells_lets_go(first: Tablet, second: Tablet, head: Tablet):
    move(head, second)
    for other in (second, head):
        assert release(other) == ["not-the-till"]
    assert till_of("8B") == first.device


def test_the_duty_stays_if_the_new_till_was_revoked_meanwhile(first: Tablet, second: Tablet, head: Tablet):
    move(head, second)
    revoked(second)
    assert release(first) == []
    assert row(first) == {"id": "8B", "group": "8B", "device": first.device, "to": None}
    sell(first)
    assert not any(rebuild().values())


def test_a_group_has_a_till_of_its_own(app: Flask, first: Tablet, second: Tablet, head: Tablet):
    create_group("9C")
    override(head, second, "9C")
    sell(first)
    with writing() as revs:
        db.session.get_one(Student, 1).group_id, db.session.get_one(Student, 1).rev = "9C", revs.next()
    assert why_not_sold(first) == ["not-the-till"]
    sell(second)
    assert why_not_sold(second) == ["over-allowance"]
    sell(first, INAYA)


def test_what_a_revoked_till_sold_is_put_aside_and_the_next_one_sells(first: Tablet, second: Tablet):
    sell(first)
    revoked(first)
    first.record("tuck.redeem", {"student": ZOE, "item": "apple", "day": TODAY})
    assert (first.push().status_code, first.push().json["reason"]) == (401, "revoked")
    assert [kept.n for kept in db.session.query(Quarantined)] == [1, 2]
    assert db.session.query(Redemption).count() == 1
    sell(second)
    assert why_not_sold(second) == ["over-allowance"]


def test_a_revoked_till_that_was_given_a_group_keeps_it_until_a_leader_says_so(
    first: Tablet, second: Tablet, head: Tablet
):
    """What it sold without a network may still be on it."""
    move(head, first)
    revoked(first)
    move(head, second)
    assert why_not_sold(second) == ["not-the-till"]
    override(head, second)
    sell(second)
    assert not any(rebuild().values())


@pytest.mark.parametrize("kind", ["till.move", "till.override"])
def test_the_duty_goes_to_an_enrolled_till(first: Tablet, second: Tablet, head: Tablet, kind: str):
    revoked(second)
    for to in (second.device, head.device, "browser", "import", "d99", *VALUES):
        body = {"group": "8B", "to": to, "why": "Flat"}
        assert [reason for reason, _ in head.refusals(kind, body)] == ["no-such-till"]


@pytest.mark.parametrize("kind", ["till.move", "till.override", "till.release"])
def test_junk_is_no_group(first: Tablet, head: Tablet, kind: str):
    for group in VALUES:
        body = {"group": group, "to": first.device, "why": "Flat"}
        assert [reason for reason, _ in head.refusals(kind, body)] == ["no-such-group"]


def test_an_override_needs_a_reason(first: Tablet, head: Tablet):
    for why in (None, "", " \n", 1, ["Flat"]):
        body = {"group": "8B", "to": first.device, "why": why}
        assert [reason for reason, _ in head.refusals("till.override", body)] == ["no-reason"]


def test_the_office_and_leaders_move_the_duty_and_leaders_do_not_wait(app: Flask, first: Tablet):
    body = {"group": "8B", "to": first.device, "why": "Flat"}
    for role in ROLES:
        create_staff(f"y.{role}", role=role)
        tablet = create_desk(app, f"y.{role}")
        tablet.record("till.move", body)
        tablet.record("till.override", body)
        refused = [note["n"] for note in tablet.push().json["notes"] if note["reason"] == "not-allowed"]
        may = (role in DESK_AND_LEADERS, role in LEADERS)
        assert (role, refused) == (role, [n for n, allowed in enumerate(may, start=1) if not allowed])


def test_rebuilding_moves_every_duty_again(app: Flask, first: Tablet, second: Tablet, head: Tablet):
    for group in ("9C", "9D"):
        create_group(group)
    create_student("Ola", "New", group="9C")
    move(head, second)
    assert release(first) == []
    move(head, second, "9C")
    override(head, second, "9C")
    move(head, first, "9C")
    revoked(first)
    check_rebuilding("till", Till, {"group_id": "9D"}, device="d9", to=None, why="x", by="y")
