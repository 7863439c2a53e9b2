"""Who is sent to sign in, and what nobody listed. Which role may open what is in test_rights.py."""

import re
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import delete
from werkzeug.test import TestResponse

from tests.builders import PASSWORD, create_staff
from webapp.domain.access.rights import ANYBODY, DESK, PAGES, Right
from webapp.models import Staff, db
from webapp.sync.log.revisions import writing

SHOWN_TO_STRANGERS = {
    "floor.sign_in",
    "floor.install",
    "floor.try_sign_in",
    "floor.hold",
    "floor.change_pin",
    "floor.sign_out",
}
PROBES = {"probe.open": ANYBODY, "probe.desk": Right(DESK)}


@pytest.fixture
def probe(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The app with two routes more, and one that nobody listed."""
    for endpoint in [*PROBES, "probe.forgotten"]:
        own_app.add_url_rule(f"/{endpoint}", endpoint, lambda: "in", methods=["GET", "POST"])
    for endpoint, right in PROBES.items():
        monkeypatch.setitem(PAGES, endpoint, right)
    return own_app


class Visitor:
    """Somebody with a browser, signed in with their password or not at all."""

    def __init__(self, app: Flask, username: str | None = None) -> None:
        self.client = app.test_client()
        if username:
            create_staff(username, username)
            self.ask("/sign-in", "POST", data={"username": username, "password": PASSWORD})

    def ask(self, url: str, method: str = "GET", **other: Any) -> TestResponse:
        # Requests of a test share its context, and with it whoever the last one came from.
        g.pop("_login_user", None)
        return self.client.open(url, method=method, **other)


def open_routes(app: Flask, blueprint: str) -> list[Any]:
    """Method, URL and endpoint of the routes that ask for themselves who is there."""
    listed = [route for route in app.url_map.iter_rules() if route.endpoint.startswith(f"{blueprint}.")]
    return [
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"\1", route.rule), route.endpoint)
        for route in listed
        for method in sorted((route.methods or set()) & {"GET", "POST"})
    ]


def test_the_floor_shows_strangers_how_to_sign_in_and_nothing_else(app: Flask):
    client = Visitor(app)
    for method, url, endpoint in open_routes(app, "floor"):
        if endpoint not in SHOWN_TO_STRANGERS and url != "/":
            answer = client.ask(url, method)
            assert (url, answer.status_code, answer.headers.get("Location")) == (url, 303, "/sign-in")


def test_the_protocol_tells_strangers_nothing(app: Flask):
    client = Visitor(app)
    for method, url, _ in open_routes(app, "sync"):
        sent = {"json": {"username": "a", "password": "b"}} if method == "POST" else {}
        answer = client.ask(url, method, **sent)
        assert (url, answer.status_code) == (url, 403 if url.endswith("enrol") else 401)


def test_somebody_who_is_no_longer_there_is_sent_to_sign_in(probe: Flask):
    gone = Visitor(probe, "head")
    with writing():
        db.session.execute(delete(Staff))
    answer = gone.ask("/probe.desk")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_a_name_taken_up_with_a_tap_does_not_open_the_office(probe: Flask):
    tapped = Visitor(probe, "head")
    assert tapped.ask("/probe.desk").text == "in"
    with tapped.client.session_transaction() as session:
        session["_fresh"] = False
    answer = tapped.ask("/probe.desk")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_what_nobody_listed_is_refused_to_everybody(probe: Flask):
    for client in (Visitor(probe), Visitor(probe, "head")):
        assert client.ask("/probe.open").text == "in"
        for method in ("GET", "POST"):
            assert client.ask("/probe.forgotten", method).status_code == 403
