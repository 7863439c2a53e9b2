"""Whom somebody can lock out by guessing, what stays of it, and that nobody can lock out whom they merely name."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, session
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import PASSWORD, Clock, create_staff, create_tablet, create_year
from tests.office.conftest import Person
from webapp.account import sessions
from webapp.domain.access.guesses import Key
from webapp.models import AuditLine, Base, BrowserSession, LockOut, db
from webapp.models.lock import alone
from webapp.office.upkeep.accounts import guessed_words
from webapp.sync.devices import rate_limit

SCHOOL = "203.0.113.9"
"""The address behind which the school's own network is."""

Guess = Callable[..., Any]


@pytest.fixture
def clock(app: Flask) -> Clock:
    create_year()
    create_staff()
    create_staff("b.boyle")
    clock: Clock = app.config["CLOCK"]
    return clock


@pytest.fixture
def guess(app: Flask, clock: Clock) -> Guess:
    """A sign-in at a browser that nobody has used before."""

    def guess(username: str, password: str = "guess", address: str = SCHOOL) -> Any:
        form = {"username": username, "password": password}
        return app.test_client().post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": address})

    return guess


def known_browser(app: Flask, username: str) -> Any:
    client = app.test_client()
    assert client.post("/sign-in", data={"username": username, "password": PASSWORD}).status_code == 303
    return client


TYPED = (
    "tablet {tablet}",
    "{name} at tablet {tablet}",
    "{name} at browser x",
    "from {address}",
    "network {address}",
    "password:{name}",
    "staff",
    "nobody",
    '["password","staff","{name}","",""]',
    '["password","staff","{name}","tablet","{tablet}"]',
    '["password","","","network","{address}"]',
    '{name}","","","',
    " {name} x",
)
"""What somebody may type who knows how lock-outs are kept, now or before."""


@pytest.mark.parametrize("typed", TYPED)
def test_a_lock_out_cannot_be_typed(app: Flask, guess: Guess, typed: str) -> None:
    tablet, browser = create_tablet(app), known_browser(app, "a.adeyemi")
    name = typed.replace("{tablet}", tablet.device).replace("{name}", "a.adeyemi").replace("{address}", SCHOOL)
    for _ in range(6):
        guess(name, address="198.51.100.1")
        tablet.sign_in(name, "guess")
    assert "Too many" in guess(name, address="198.51.100.1").text
    assert tablet.sign_in().status_code == 200
    assert browser.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD}).status_code == 303
    assert guess("a.adeyemi", PASSWORD).status_code == 303


parts = st.text(max_size=12) | st.sampled_from(["staff", "tablet", '","', "\\", '"', "[", "d1", ""])
keys = st.builds(Key, parts, parts, parts, parts, parts)


@given(keys, keys)
def test_two_keys_are_never_kept_alike(one: Key, other: Key) -> None:
    assert (one.text == other.text) == (one == other)
    assert Key.of(one.text) == one


@pytest.mark.parametrize("text", ["", "x", "[]", "1", "null", '["a"]', '["a","b","c","d",5]', "password:head"])
def test_what_is_no_key_says_nothing_of_anybody(app: Flask, clock: Clock, text: str) -> None:
    assert Key.of(text) is None
    assert guessed_words(text) in ("Something secret", "Passwords")


def test_a_name_typed_wrongly_is_kept_nowhere(app: Flask, clock: Clock, guess: Guess) -> None:
    """It may be a password."""
    tablet = create_tablet(app)
    for _ in range(6):
        guess("Otter-Pass-77")
        tablet.sign_in("Otter-Pass-77", "guess")
    db.session.commit()
    kept = [str(row).casefold() for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
    assert any("nobody" in row for row in kept)
    assert not [row for row in kept if "otter-pass" in row]
    head = Person(app, "head")
    assert "of a name that nobody has" in head.get("/office/accounts/").text
    assert "otter-pass" not in head.get("/office/audit").text.casefold()


def test_a_handful_of_tries_locks_no_fresh_browser_of_the_schools_network_out(guess: Guess, clock: Clock) -> None:
    for number in range(39):
        guess(f"nobody{number}")
    assert guess("a.adeyemi", PASSWORD).status_code == 303


def test_forty_tries_do_for_a_minute_and_five_at_one_account(guess: Guess, clock: Clock) -> None:
    for number in range(40):
        guess(f"nobody{number}")
    assert "Try again in 1 minute" in guess("a.adeyemi", PASSWORD).text
    clock.move(minutes=1)
    for _ in range(5):
        guess("b.boyle", address="198.51.100.1")
    assert "Try again in 1 minute" in guess("b.boyle", PASSWORD).text
    assert guess("a.adeyemi", PASSWORD).status_code == 303
    clock.move(minutes=1)
    assert guess("b.boyle", PASSWORD).status_code == 303


def test_for_a_quarter_of_an_hour_it_takes_that_long_and_a_hundred_and_more_tries(guess: Guess, clock: Clock) -> None:
    began, tries, waited = clock.now, 0, ""
    while "15 minutes" not in waited:
        waited = guess(f"nobody{tries % 4000}").text
        if "Too many" in waited:
            clock.move(minutes=1)
        else:
            tries += 1
    assert tries == 200
    assert (clock.now - began).total_seconds() >= 15 * 60


def test_meanwhile_tablets_and_known_browsers_sign_in(app: Flask, guess: Guess, clock: Clock) -> None:
    tablet, browser = create_tablet(app), known_browser(app, "a.adeyemi")
    for number in range(50):
        guess(f"nobody{number}", address="127.0.0.1")
        guess("a.adeyemi", address="127.0.0.1")
    assert tablet.sign_in().status_code == 200
    assert browser.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD}).status_code == 303


def test_a_right_try_costs_none_of_the_forty(guess: Guess, clock: Clock) -> None:
    for number in range(39):
        guess(f"nobody{number}")
    for _ in range(3):
        assert guess("a.adeyemi", PASSWORD).status_code == 303
    guess("nobody")
    assert guess("a.adeyemi", PASSWORD).status_code == 422


def test_strangers_do_not_fill_the_table(guess: Guess, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST_ROWS", 20)
    for _ in range(5):
        guess("a.adeyemi", address="198.51.100.255")
    for number in range(60):
        guess(f"nobody{number}", address=f"198.51.100.{number}")
    assert db.session.query(LockOut).count() <= 20 + 2
    assert "Too many" in guess("a.adeyemi", PASSWORD).text


def test_strangers_do_not_fill_the_audit_trail(guess: Guess, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST_LINES", 3)
    for number in range(6):
        create_staff(f"person{number}")
        for _ in range(5):
            guess(f"person{number}", address=f"198.51.100.{number}")
            guess(f"nobody{number}", address=f"198.51.100.{number}")
    lines = db.session.query(AuditLine).filter_by(event="guesses.lock").order_by(AuditLine.sequence).all()
    assert ["not listed" in line.facts for line in lines] == [False, False, True]
    clock.move(hours=1)
    for _ in range(5):
        guess("a.adeyemi", address="198.51.100.99")
    assert db.session.query(AuditLine).filter_by(event="guesses.lock").count() == 4


def test_strangers_leave_no_more_sessions_than_there_is_room_for(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each start of a sign-in at Microsoft or Google leaves one."""
    monkeypatch.setattr(sessions, "MOST_NOBODYS", 5)
    known_browser(app, "a.adeyemi")
    for _ in range(9):
        with app.test_request_context("/sign-in"):
            session["state"] = "x"
            app.session_interface.save_session(app, session, app.response_class())
        clock.move(seconds=1)
    found = db.session.query(BrowserSession)
    assert found.filter(BrowserSession.staff_id.is_(None)).count() == 5
    assert found.filter_by(staff_id="a.adeyemi").count() == 1


def test_a_guess_that_is_given_back_opens_what_it_closed(app: Flask, clock: Clock) -> None:
    key, tries = Key("x", "", "", "network", SCHOOL), rate_limit.RateLimit(2, rate_limit.QUARTER)
    with alone():
        wrong, right = (rate_limit.Guess((key, tries)).take(clock.now) for _ in range(2))
        assert rate_limit.Guess((key, tries)).take(clock.now) is None
        assert wrong
        assert right
        right.right()
        wrong.wrong(clock.now)
        assert not tries.left(key, clock.now)
        assert db.session.query(AuditLine).count() == 0
