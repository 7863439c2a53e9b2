"""Sessions of browsers over whole requests: what the cookie says, and when it says nothing more."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from tests.asked import statements
from tests.builders import PASSWORD, Clock, create_staff, create_tablet, create_year
from tests.office.conftest import Person
from webapp import create_app
from webapp.config import ConfigError, read_settings
from webapp.models import BrowserSession, db
from webapp.sync.log.revisions import writing

DESK, FLOOR = "/office/tablets", "/today"


@pytest.fixture
def clock(app: Flask) -> Clock:
    create_year()
    clock: Clock = app.config["CLOCK"]
    return clock


@pytest.fixture
def head(app: Flask, clock: Clock) -> Person:
    return Person(app, "head")


def cookie(person: Person) -> str:
    found = person.client.get_cookie("reachable_session")
    assert found
    return found.value


def sessions() -> list[BrowserSession]:
    db.session.expire_all()
    return db.session.query(BrowserSession).all()


def opens(person: Person, url: str) -> bool:
    answer = person.get(url)
    assert answer.status_code == 200 or answer.headers["Location"] == "/sign-in"
    return answer.status_code == 200


def test_the_cookie_is_a_name_that_the_school_keeps_as_a_hash(head: Person) -> None:
    (row,) = sessions()
    assert (row.staff_id, len(row.hash)) == ("head", 64)
    assert cookie(head) not in (row.hash, row.data)
    assert "head" not in cookie(head)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask, clock: Clock) -> None:
    create_staff()
    answer = app.test_client().post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    (sent,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("reachable_session=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in sent.split(";")}
    assert "Secure" not in sent


def test_behind_https_browsers_and_their_cookies_stay_on_https(app: Flask, clock: Clock) -> None:
    create_staff()
    env = {"REACHABLE_DATA": str(app.config["SETTINGS"].data), "REACHABLE_URL": "https://reachable.example"}
    secure = create_app(read_settings(env), clock)
    form = {"username": "a.adeyemi", "password": PASSWORD}
    for answer in (secure.test_client().get("/office/"), secure.test_client().post("/sign-in", data=form)):
        cookies = answer.headers.getlist("Set-Cookie")
        assert cookies
        assert all("Secure" in cookie for cookie in cookies)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in app.test_client().get("/sign-in").headers


def test_a_name_that_was_never_given_out_opens_nothing_and_is_not_taken_over(app: Flask, clock: Clock) -> None:
    create_staff("head", "head")
    stranger = Person.__new__(Person)
    stranger.client = app.test_client()
    stranger.client.set_cookie("reachable_session", "chosen-by-somebody")
    assert not opens(stranger, DESK)
    stranger.post("/sign-in", username="head", password=PASSWORD)
    assert cookie(stranger) != "chosen-by-somebody"


def test_signing_in_again_gives_another_name_and_ends_the_old_one(app: Flask, head: Person) -> None:
    before = cookie(head)
    app.config["CLOCK"].move(minutes=1)
    head.sign_in()
    assert cookie(head) != before
    assert len(sessions()) == 1
    head.client.set_cookie("reachable_session", before)
    assert not opens(head, FLOOR)


def test_signing_out_leaves_nothing_behind(head: Person) -> None:
    before = cookie(head)
    head.post("/sign-out")
    assert sessions() == []
    assert head.client.get_cookie("reachable_session") is None
    head.client.set_cookie("reachable_session", before)
    assert not opens(head, FLOOR)


def test_after_an_hour_away_the_desk_asks_again_and_the_floor_does_not(head: Person, clock: Clock) -> None:
    clock.move(minutes=59)
    assert opens(head, DESK)
    clock.move(minutes=60)
    assert opens(head, FLOOR)
    assert not opens(head, DESK)
    head.sign_in()
    assert opens(head, DESK)


def test_half_a_day_after_the_password_the_desk_asks_for_it_again(head: Person, clock: Clock) -> None:
    for _ in range(14):
        clock.move(minutes=50)
        assert opens(head, DESK)
    clock.move(minutes=50)
    assert not opens(head, DESK)


def test_half_a_day_without_a_request_ends_a_session(head: Person, clock: Clock) -> None:
    clock.move(hours=12)
    assert not opens(head, FLOOR)


def test_a_week_ends_it_though_it_was_used_all_the_time(head: Person, clock: Clock) -> None:
    for _ in range(16):
        clock.move(hours=10)
        assert opens(head, FLOOR)
    clock.move(hours=10)
    assert not opens(head, FLOOR)


def test_a_page_that_fetches_itself_anew_keeps_nobody_signed_in(head: Person, clock: Clock) -> None:
    for _ in range(12):
        clock.move(hours=1)
        head.client.get("/spaces", headers={"HX-Request": "true"})
    assert not opens(head, FLOOR)


def test_on_a_tablet_the_desk_asks_again_after_ten_minutes(app: Flask, head: Person, clock: Clock) -> None:
    tablet = create_tablet(app, staff="head").client
    clock.move(minutes=9)
    assert tablet.get(DESK).status_code == 200
    clock.move(minutes=1)
    assert tablet.get(DESK).headers["Location"] == "/sign-in"


def test_on_a_tablet_the_floor_knows_who_holds_it_for_as_long_as_the_sign_in(app: Flask, head: Person, clock: Clock):
    tablet = create_tablet(app, staff="head").client
    clock.move(days=6, hours=23)
    assert tablet.get(FLOOR).status_code == 200
    clock.move(hours=2)
    assert tablet.get(FLOOR).headers["Location"] == "/sign-in"


def test_that_somebody_was_seen_is_written_once_a_minute(head: Person, clock: Clock) -> None:
    clock.move(seconds=59)
    with statements() as asked:
        head.get(FLOOR)
    assert not [one for one in asked if one.startswith("UPDATE browser_session")]
    clock.move(seconds=1)
    with statements() as asked:
        head.get(FLOOR)
        head.get(FLOOR)
    assert len([one for one in asked if one.startswith("UPDATE browser_session")]) == 1


def test_the_calls_of_tablets_ask_for_no_session(app: Flask, clock: Clock) -> None:
    create_staff()
    tablet = create_tablet(app)
    with statements() as asked:
        tablet.pull()
        tablet.push()
    assert asked
    assert not [one for one in asked if "browser_session" in one]


def test_strangers_leave_no_session(app: Flask, clock: Clock) -> None:
    client = app.test_client()
    for url in ("/", "/sign-in", FLOOR, DESK, "/nowhere"):
        client.get(url)
    client.post("/sign-in", data={"username": "nobody", "password": "x"})
    assert sessions() == []


def test_sessions_that_nobody_can_use_any_more_go_when_somebody_signs_in(head: Person, clock: Clock) -> None:
    with writing():
        old = datetime(2026, 1, 1, tzinfo=clock.now.tzinfo)
        db.session.execute(update(BrowserSession).values(began=old, seen=old))
    head.sign_in()
    assert [row.seen for row in sessions()] == [clock.now]


def test_after_the_password_one_comes_where_one_wanted_to_go(app: Flask, clock: Clock) -> None:
    create_staff("head", "head")
    client = app.test_client()
    client.get("/office/plans")
    answers = [client.post("/sign-in", data={"username": "head", "password": PASSWORD}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/office/plans", "/today"]


@pytest.mark.parametrize("elsewhere", ["//example.com", "https://example.com", "/\\example.com", "", "javascript:1"])
def test_nobody_is_sent_to_another_site(app: Flask, clock: Clock, elsewhere: str) -> None:
    create_staff("head", "head")
    client = app.test_client()
    client.set_cookie("reachable_wanted", elsewhere)
    answer = client.post("/sign-in", data={"username": "head", "password": PASSWORD})
    assert answer.headers["Location"] == "/today"


@pytest.mark.parametrize("name", ["REACHABLE_IDLE_HOURS", "REACHABLE_SESSION_DAYS", "REACHABLE_DESK_MINUTES"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "soon", "1001", "٣"])
def test_a_limit_that_is_none_stops_the_start(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=name):
        read_settings({"REACHABLE_DATA": str(tmp_path), name: value})
