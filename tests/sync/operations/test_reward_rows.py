"""What tablets hold of the rewards: which rows, of which days, and what is left today whenever they look."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_tablet
from tests.builders_rewards import create_rewards, give, limit
from tests.builders_spaces import TUESDAY, at
from tests.sync.tuck import INAYA, ZOE, holds_what_a_new_one_gets, left, open_shop, sell
from webapp.imports import KINDS, import_content
from webapp.models import Award, Card, Device, Lesson, OptionChoice, School, db
from webapp.sync.devices.devices import revoke
from webapp.sync.log.revisions import head, writing
from webapp.sync.protocol import news

BELLS = """period,start,end,kind
1,09:00,09:50,lesson
Break,10:40,10:55,break
Lunch,12:35,13:15,lunch
"""
OF_REWARDS = {"cards", "items", "redemptions", "tills", "admissions", "choices", "awards"}


@pytest.fixture
def till(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    return open_shop(app)


@pytest.fixture
def floor(app: Flask, till: Tablet) -> Tablet:
    """A teacher's tablet, up to date."""
    tablet = create_tablet(app)
    tablet.pull()
    return tablet


def put(model: Any, **values: Any) -> None:
    with writing() as revs:
        db.session.merge(model(rev=revs.next(), **values))


def school_row(tablet: Tablet) -> dict[str, Any]:
    tablet.pull()
    return dict(tablet.table("school")["school"])


def test_the_school_says_what_its_policy_says_of_the_rewards(floor: Tablet):
    row = school_row(floor)
    assert [(level["key"], level["tuck_items"]) for level in row["levels"]] == [("heroic", 2), ("creative", 1)]
    assert row["tuck"] == {"void": 5}
    assert row["room"] == {
        "name": "Reward room",
        "capacity": 12,
        "windows": ["break", "lunch"],
        "levels": ["heroic"],
    }
    assert row["options"][0] == {"key": "cooking", "name": "Cooking", "capacity": 8, "levels": ["creative", "heroic"]}
    assert row["pathway"]["key_stages"] == [4]
    assert row["pathway"]["awards"][0] == {
        "key": "full-week",
        "kind": "attendance",
        "name": "A full week",
        "reward": "A choice of drink and snack",
    }


def test_tablets_hear_of_the_pauses_and_only_of_changes(floor: Tablet):
    assert school_row(floor)["pauses"] == []
    assert import_content(KINDS["periods"], BELLS.encode()).problems == ()
    held = {"days": None, "years": None, "first": "2026-03-03", "last": None}
    assert school_row(floor)["pauses"] == [
        {"name": "Break", "kind": "break", "starts": "10:40", "ends": "10:55", **held},
        {"name": "Lunch", "kind": "lunch", "starts": "12:35", "ends": "13:15", **held},
    ]
    before = head()
    import_content(KINDS["periods"], BELLS.encode())
    assert head() == before


def test_tablets_hear_of_tills_that_come_and_go(app: Flask, till: Tablet, floor: Tablet):
    listed = [{"id": till.device, "name": "Tablet"}]
    assert (school_row(floor)["till"], school_row(floor)["tills"]) == (till.device, listed)
    second = create_tablet(app, duty="till")
    listed.append({"id": second.device, "name": "Tablet"})
    assert (school_row(floor)["till"], school_row(floor)["tills"]) == (till.device, listed)
    with writing() as revs:
        revoke(db.session.get_one(Device, till.device), floor.clock.now, revs)
    assert (school_row(floor)["till"], school_row(floor)["tills"]) == (second.device, listed[1:])


def test_a_tablet_that_sells_nothing_comes_and_goes_unheard(app: Flask, floor: Tablet):
    before = head()
    reception = create_tablet(app, duty="reception")
    with writing() as revs:
        revoke(db.session.get_one(Device, reception.device), floor.clock.now, revs)
    assert head() == before


def test_rows_of_the_rewards_say_what_was_recorded(floor: Tablet):
    create_rewards()
    floor.pull()
    said = {"student": ZOE, "by": "a.adeyemi", "at": "2026-03-03T10:45:00.000Z"}
    assert floor.table("cards") == {ZOE: {"id": ZOE, "student": ZOE, "key": "0123456789abcdef01234567"}}
    admission = {"id": "d9.a9.2", "window": "2026-03-03/break", "left": None, "again": True}
    assert floor.table("admissions") == {"d9.a9.2": said | admission}
    choice = {"id": "1.2026-W10", "week": "2026-W10", "choice": "films"}
    assert floor.table("choices") == {"1.2026-W10": said | choice}
    award = {"id": "d9.a9.3", "student": ZOE, "award": "unit", "note": "Bricklaying", "day": "2026-03-03"}
    assert floor.table("awards") == {"d9.a9.3": award | {"by": "a.adeyemi"}}


def test_a_new_card_takes_the_place_of_the_old_one(floor: Tablet):
    create_rewards()
    put(Card, student_id=1, digest="f" * 64, by="p.okonkwo", at=at("10:45"))
    floor.pull()
    assert [card["key"] for card in floor.table("cards").values()] == ["f" * 24]


def test_a_choice_taken_back_stays_as_a_row_and_a_withdrawn_award_goes(floor: Tablet):
    create_rewards()
    floor.pull()
    put(OptionChoice, student_id=1, week="2026-W10", choice=None)
    put(Award, id="d9.a9.3", withdrawn_at=floor.clock.now, withdrawn_by="a.adeyemi")
    floor.pull()
    assert floor.table("choices")["1.2026-W10"]["choice"] is None
    assert floor.table("awards") == {}


def test_a_kiosk_holds_none_of_it_and_reception_all(app: Flask, till: Tablet):
    create_rewards()
    kiosk, reception = create_tablet(app, duty="kiosk"), create_tablet(app, duty="reception")
    for tablet in (kiosk, reception):
        tablet.pull()
    assert {table for table, _ in kiosk.rows} == {"school"}
    assert {table for table, _ in reception.rows} >= OF_REWARDS


def test_sales_and_admissions_leave_with_their_day(app: Flask, floor: Tablet):
    create_rewards()
    floor.pull()
    app.config["CLOCK"].move(days=14)
    floor.pull()
    assert (floor.table("redemptions").keys(), floor.table("admissions").keys()) == ({"d9.a9.1"}, {"d9.a9.2"})
    app.config["CLOCK"].move(days=1)
    holds_what_a_new_one_gets(app, floor)
    assert floor.table("redemptions") == floor.table("admissions") == {}
    assert floor.table("awards")


def test_choices_leave_with_the_levels_of_their_week(app: Flask, floor: Tablet):
    create_rewards()
    for week, held in (("2026-W10", True), ("2026-W11", True), ("2026-W12", False)):
        floor.pull()
        assert (week, "1.2026-W10" in floor.table("choices")) == (week, held)
        app.config["CLOCK"].move(days=7)


def test_what_is_left_is_that_of_today(app: Flask, till: Tablet, floor: Tablet):
    for student in (ZOE, INAYA):
        sell(till, student)
    assert (left(floor), left(floor, INAYA)) == (1, 0)
    app.config["CLOCK"].move(days=1)
    assert (left(floor), left(floor, INAYA)) == (2, 1)
    holds_what_a_new_one_gets(app, floor)


def test_what_was_taken_back_the_day_after_is_left_again_too(app: Flask, till: Tablet, floor: Tablet):
    sale = sell(till)
    assert left(floor) == 1
    app.config["CLOCK"].move(days=1)
    till.refusals("tuck.void", {"redemption": sale})
    assert left(floor) == 2


def test_days_on_which_nobody_looked_are_caught_up(app: Flask, till: Tablet, floor: Tablet):
    """The tablet heard of a sale as news, and pulls again the day after."""
    app.config["CLOCK"].move(days=1)
    since = floor.cursor
    till.record("tuck.redeem", {"student": ZOE, "item": "apple", "day": "2026-03-04"})
    till.push()
    event = news.desk().event(app, floor.device, since)
    assert event is not None
    floor.cursor = event[1]
    app.config["CLOCK"].move(days=1)
    floor.rows["levels", "1.2026-W10"] = {"tuck_left": 1}
    assert left(floor) == 2


def test_other_weeks_say_what_their_level_brings(app: Flask, till: Tablet, floor: Tablet):
    give(1, 4, date(2026, 3, 2))
    sell(till)
    assert (left(floor), left(floor, week="2026-W11")) == (1, 1)
    app.config["CLOCK"].move(days=6)
    assert (left(floor), left(floor, week="2026-W11")) == (2, 1)
    holds_what_a_new_one_gets(app, floor)


@pytest.mark.parametrize(("start", "until"), [("2026-03-05", None), ("2026-03-02", "2026-03-04")])
def test_a_limit_that_begins_or_ends_at_midnight_is_in_time(app: Flask, floor: Tablet, start: str, until: str | None):
    assert limit(1, "none", start, until) is None
    for days in range(4):
        day = (TUESDAY + timedelta(days=days)).isoformat()
        holds_what_a_new_one_gets(app, floor)
        assert (day, left(floor)) == (day, 0 if start <= day <= (until or "9") else 2)
        app.config["CLOCK"].move(days=1)


def test_another_policy_brings_the_levels_anew(floor: Tablet):
    with writing():
        db.session.query(School).one().pack = "another"
    since = floor.cursor
    rows = floor.client.get(f"/sync/v1/pull?since={since}").json["rows"]
    assert {"school", "levels", "spaces"} == {row["table"] for row in rows}


def test_news_of_a_sale_is_what_a_pull_brings(app: Flask, till: Tablet, floor: Tablet):
    since = floor.cursor
    sell(till)
    event = news.desk().event(app, floor.device, since)
    assert event is not None
    pulled = floor.client.get(f"/sync/v1/pull?since={since}").json["rows"]
    assert app.json.loads(event[0])["rows"] == pulled
    assert sorted(row["table"] for row in pulled) == ["items", "levels", "redemptions"]
