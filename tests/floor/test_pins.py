"""A PIN on a tablet, as Flask keeps it where no worker does."""

import pytest
from flask import Flask

from tests.account.conftest import audited
from tests.builders import Tablet, create_staff, create_tablet
from webapp.domain.access.guesses import Key
from webapp.models import SignIn, db


@pytest.fixture
def tablet(classroom: Flask) -> Tablet:
    """Ben has set a PIN on it, and Ada holds it."""
    create_staff("ben", forename="Ben", surname="Bo")
    tablet = create_tablet(classroom, "ben")
    assert tablet.client.post("/pin", data={"pin": "4711"}).location == "/sign-in"
    assert tablet.sign_in("ada").status_code == 200
    return tablet


def hold(tablet: Tablet, pin: str | None = None, staff: str = "ben") -> tuple[int, str]:
    answer = tablet.client.post("/hold", data={"staff": staff} | ({"pin": pin} if pin is not None else {}))
    return answer.status_code, answer.text


def test_a_tap_asks_for_the_pin_and_the_pin_takes_the_tablet_up(tablet: Tablet) -> None:
    status, page = hold(tablet)
    assert status == 200
    assert "PIN of <bdi hx-ignore>Ben Bo</bdi>" in page
    assert hold(tablet, "4711")[0] == 303
    assert "Ben Bo" in tablet.client.get("/sign-in").text


def test_without_a_pin_one_tap_is_enough(tablet: Tablet) -> None:
    hold(tablet, "4711")
    assert hold(tablet, staff="ada")[0] == 303


def test_five_wrong_pins_lock_it_until_the_password_is_shown(classroom: Flask, tablet: Tablet) -> None:
    said = [hold(tablet, "0000")[1] for _ in range(5)]
    assert "4 tries are left" in said[0]
    assert "1 try is left" in said[3]
    assert "locked after five wrong tries" in said[4]
    classroom.config["CLOCK"].move(days=2)
    assert "locked after five wrong tries" in hold(tablet, "4711")[1]
    assert audited("guesses.lock") == [f"guess:{Key('pin', 'staff', 'ben', 'tablet', tablet.device).text}"]
    tablet.sign_in("ben")
    tablet.sign_in("ada")
    assert hold(tablet, "4711")[0] == 303


def test_a_right_pin_forgets_the_wrong_ones(tablet: Tablet) -> None:
    for _ in range(3):
        for _ in range(4):
            assert hold(tablet, "0000")[0] == 422
        assert hold(tablet, "4711")[0] == 303


@pytest.mark.parametrize("pin", ["", "123", "1234567", "12a4", "١٢٣٤", " 4711"])
def test_a_pin_has_4_to_6_digits(tablet: Tablet, pin: str) -> None:
    answer = tablet.client.post("/pin", data={"pin": pin})
    assert answer.status_code == 422
    assert "Choose a PIN of 4 to 6 digits" in answer.text


def test_a_pin_is_changed_and_removed_by_whoever_holds_the_tablet(tablet: Tablet) -> None:
    hold(tablet, "4711")
    assert "Change my PIN" in tablet.client.get("/sign-in").text
    tablet.client.post("/pin", data={"pin": "081500"})
    tablet.sign_in("ada")
    assert hold(tablet, "4711")[0] == 422
    assert hold(tablet, "081500")[0] == 303
    tablet.client.post("/pin", data={"remove": "yes"})
    tablet.sign_in("ada")
    assert hold(tablet)[0] == 303


def test_the_screen_says_that_a_pin_does_not_encrypt(tablet: Tablet) -> None:
    assert "A PIN locks. It does not encrypt" in tablet.client.get("/sign-in").text


def test_a_pin_is_kept_as_a_slow_hash(tablet: Tablet) -> None:
    kept = db.session.get_one(SignIn, (tablet.device, "ben")).pin_hash
    assert str(kept).startswith("$argon2id$")


def test_a_browser_that_is_no_tablet_has_no_pin(classroom: Flask) -> None:
    browser = classroom.test_client()
    assert browser.post("/pin", data={"pin": "4711"}).location == "/sign-in"
    assert db.session.query(SignIn).count() == 0
