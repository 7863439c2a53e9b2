"""How many guesses at each secret are looked at within an hour, however many are made, and that each lock-out is noted.

The clock stands within a minute: after one refusal come only refusals, so a minute ends with the first.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.account.conftest import Careful
from tests.builders import PASSWORD, Clock, create_staff, create_tablet, create_year
from webapp.models import AuditLine, db

AN_HOUR = 60  # minutes
PER_MINUTE = 200
TOO_MANY = ("Too many",)
STAFF = 25

Report = Callable[[str, object], None]
Try = Callable[[int], TestResponse]


@pytest.fixture
def clock(app: Flask) -> Clock:
    create_year()
    for number in range(STAFF):
        create_staff(f"person{number}")
    clock: Clock = app.config["CLOCK"]
    return clock


@pytest.fixture
def stranger(app: Flask) -> Any:
    return app.test_client()


def addresses() -> Iterator[str]:
    return (f"198.51.{number // 250 % 250}.{number % 250 + 1}" for number in count())


def looked_at(clock: Clock, guess: Try, minutes: int = AN_HOUR) -> int:
    """Of as many guesses an hour as anybody likes, how many were looked at."""
    heard, numbers = 0, count()
    for _ in range(minutes):
        for _ in range(PER_MINUTE):
            answer = guess(next(numbers))
            assert answer.status_code >= 400
            if any(words in answer.text for words in TOO_MANY):
                break
            heard += 1
        clock.move(minutes=1)
    return heard


def lock_outs() -> int:
    return db.session.query(AuditLine).filter_by(event="guesses.lock").count()


def password(client: Any, username: str, address: str) -> TestResponse:
    form = {"username": username, "password": "guess"}
    answer: TestResponse = client.post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": address})
    return answer


def test_passwords_of_one_account_from_one_address(clock: Clock, stranger: Any, record_property: Report) -> None:
    heard = looked_at(clock, lambda _: password(stranger, "person1", "203.0.113.9"))
    record_property("passwords looked at in the first hour, one account from one address", heard)
    assert heard == lock_outs() * 5 == 35
    assert looked_at(clock, lambda _: password(stranger, "person1", "203.0.113.9")) == 20  # and in each after it


def test_passwords_of_one_account_from_everywhere(clock: Clock, stranger: Any, record_property: Report) -> None:
    anywhere = addresses()
    heard = looked_at(clock, lambda _: password(stranger, "person1", next(anywhere)))
    record_property("passwords looked at in the first hour, one account from any number of addresses", heard)
    assert heard == lock_outs() * 5 == 35
    assert looked_at(clock, lambda _: password(stranger, "person1", next(anywhere))) == 20


def test_passwords_of_all_accounts_from_one_address(clock: Clock, stranger: Any, record_property: Report) -> None:
    heard = looked_at(clock, lambda number: password(stranger, f"person{number % STAFF}", "203.0.113.9"))
    record_property("passwords looked at in the first hour, all accounts from one address", heard)
    assert heard == 280
    assert lock_outs() >= 7


def test_passwords_on_one_tablet(app: Flask, clock: Clock, record_property: Report) -> None:
    tablet = create_tablet(app, staff="person0")
    heard = looked_at(clock, lambda _: tablet.sign_in("person1", "guess"))
    record_property("passwords looked at in an hour, one account on one tablet", heard)
    assert heard == lock_outs() * 5 == 20


def test_codes_of_the_second_factor(app: Flask, clock: Clock, record_property: Report) -> None:
    thief = Careful(app, "head")
    thief.set_up(clock)

    def guess(_number: int) -> TestResponse:
        if thief.get("/sign-in/code").status_code == 303:  # ten minutes are over
            thief.sign_in()
        return thief.show_code("000000")

    heard = looked_at(clock, guess)
    record_property("second factors looked at in an hour, by somebody who has the password", heard)
    assert heard == lock_outs() * 5 == 20


def test_codes_for_tablets(clock: Clock, stranger: Any, record_property: Report) -> None:
    """Of 10^12, of which a handful is right for a quarter of an hour."""

    def guess(number: int) -> TestResponse:
        answer: TestResponse = stranger.post("/sync/v1/enrol", json={"code": f"AAAA{number:04}"})
        return answer

    heard = looked_at(clock, guess, minutes=6)
    record_property("codes for tablets looked at in six minutes, from one address", heard)
    assert heard == 60 * 6
    assert lock_outs() == 6


def test_whoever_guesses_locks_nobody_out_of_a_browser_they_use(app: Flask, clock: Clock, stranger: Any) -> None:
    """Not even somebody behind the school's own address, who tries everybody."""
    browsers = [app.test_client() for _ in range(STAFF)]
    for number, browser in enumerate(browsers):
        form = {"username": f"person{number}", "password": PASSWORD}
        assert browser.post("/sign-in", data=form).status_code == 303
    tablet = create_tablet(app, staff="person0")
    for number in range(STAFF * 5):
        password(stranger, f"person{number % STAFF}", "127.0.0.1")
    assert "Too many tries" in password(stranger, "person1", "127.0.0.1").text
    for number, browser in enumerate(browsers):
        form = {"username": f"person{number}", "password": PASSWORD}
        assert browser.post("/sign-in", data=form).status_code == 303
        assert tablet.sign_in(f"person{number}").status_code == 200


def test_a_browser_known_of_one_person_is_a_stranger_to_another(app: Flask, clock: Clock, stranger: Any) -> None:
    """A password of one's own buys no guesses at others, however often it is shown between."""
    insider = app.test_client()
    guesses = 0
    for number in range(STAFF * 5):
        insider.post("/sign-in", data={"username": "person0", "password": PASSWORD})
        insider.post("/sign-out")
        guesses += "Too many" not in password(insider, f"person{1 + number % (STAFF - 1)}", "127.0.0.1").text
    assert guesses == 40


def test_who_calls_himself_a_known_browser_is_none(app: Flask, clock: Clock) -> None:
    for made_up in ("", "x", '["a",["person1"]].forged', "eyJ4IjoxfQ.AAAA"):
        client = app.test_client()
        client.set_cookie("reachable_known", made_up)
        password(client, "person1", "203.0.113.9")
    assert "Too many" not in password(app.test_client(), "person1", "203.0.113.9").text
    assert "Too many" in password(app.test_client(), "person1", "203.0.113.9").text


def test_pins_on_a_tablet(app: Flask, clock: Clock, record_property: Report) -> None:
    """Five in all, not five an hour: after that the password is asked for."""
    tablet = create_tablet(app, staff="person0").client
    tablet.post("/pin", data={"pin": "4711"})
    tablet.post("/sign-out")
    heard = 0
    for _ in range(AN_HOUR // 4):
        for number in range(6):
            answer = tablet.post("/hold", data={"staff": "person0", "pin": f"{number:04}"})
            assert answer.status_code == 422
            heard += "not right" in answer.text
        clock.move(minutes=1)
    heard += 1  # the fifth is answered as locked
    record_property("PINs looked at in a quarter of an hour, one person on one tablet", heard)
    assert heard == lock_outs() * 5 == 5
