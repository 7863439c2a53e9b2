"""Every route is on the list, and each rule lets in whom it says."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import delete
from werkzeug.test import TestResponse

from tests.builders import PASSWORD, create_staff
from webapp import access
from webapp.domain.roles import ROLES
from webapp.models import Staff, db
from webapp.sync.sequence import writing

RULES = {access.ANYBODY, *access.ROLES_BY_RULE}
SHOWN_TO_STRANGERS = {"floor.sign_in", "floor.install", "floor.try_sign_in", "floor.hold", "floor.sign_out"}


@pytest.fixture
def probe(app: Flask) -> Iterator[Flask]:
    """The app with one route of each rule, and one that nobody listed."""
    before = dict(access.RULES)
    for rule in [*sorted(RULES), "forgotten"]:
        app.add_url_rule(f"/probe/{rule}", f"probe.{rule}", lambda: "in", methods=["GET", "POST"])
    access.RULES.update({f"probe.{rule}": rule for rule in RULES})
    yield app
    access.RULES.clear()
    access.RULES.update(before)


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


def routes(app: Flask, rule: str) -> list[Any]:
    """Method, URL and endpoint of each route under a rule."""
    listed = [route for route in app.url_map.iter_rules() if access.RULES[route.endpoint] == rule]
    return [
        (method, route.rule.replace("<", "").replace(">", "").replace("path:", "").replace("int:", ""), route.endpoint)
        for route in listed
        for method in sorted((route.methods or set()) & {"GET", "POST"})
    ]


def test_every_route_is_listed_and_every_rule_is_one_there_is(app: Flask):
    assert {route.endpoint for route in app.url_map.iter_rules()} == access.RULES.keys()
    assert set(access.RULES.values()) == RULES


def test_nothing_of_the_offices_is_open_to_anybody(app: Flask):
    open_to_all = {endpoint.split(".")[0] for _, _, endpoint in routes(app, access.ANYBODY)}
    assert open_to_all <= {"static", "offline", "sync", "floor", "student"}


def test_the_office_sends_strangers_to_sign_in(app: Flask):
    gone = Visitor(app, "teacher")
    with writing():
        db.session.execute(delete(Staff))
    strangers = [Visitor(app), gone]
    for rule in access.ROLES_BY_RULE:
        for method, url, _ in routes(app, rule):
            for client in strangers:
                answer = client.ask(url, method)
                assert (url, answer.status_code, answer.headers["Location"]) == (url, 303, "/sign-in")


def test_the_floor_shows_strangers_how_to_sign_in_and_nothing_else(app: Flask):
    client = Visitor(app)
    for method, url, endpoint in routes(app, access.ANYBODY):
        if endpoint.startswith("floor.") and endpoint not in SHOWN_TO_STRANGERS and url != "/":
            answer = client.ask(url, method)
            assert (url, answer.status_code, answer.headers.get("Location")) == (url, 303, "/sign-in")


def test_the_protocol_tells_strangers_nothing(app: Flask):
    client = Visitor(app)
    for method, url, endpoint in routes(app, access.ANYBODY):
        if endpoint.startswith("sync."):
            sent = {"json": {"username": "a", "password": "b"}} if method == "POST" else {}
            answer = client.ask(url, method, **sent)
            assert (url, answer.status_code) == (url, 403 if url.endswith("enrol") else 401)


@pytest.mark.parametrize("rule", access.ROLES_BY_RULE)
def test_the_office_is_for_the_roles_of_its_rules_alone(app: Flask, rule: str):
    allowed = access.ROLES_BY_RULE[rule]
    for role in ROLES:
        client = Visitor(app, role)
        for method, url, _ in routes(app, rule):
            if role not in allowed:
                assert (role, url, client.ask(url, method).status_code) == (role, url, 403)
    assert set(allowed) <= ROLES.keys()
    assert "teacher" not in allowed or rule == access.STAFF


@pytest.mark.parametrize("rule", access.ROLES_BY_RULE)
def test_each_role_reaches_what_is_its_own(probe: Flask, rule: str):
    for role in access.ROLES_BY_RULE[rule]:
        assert Visitor(probe, role).ask(f"/probe/{rule}").text == "in"


def test_records_of_restraint_are_for_leaders_and_not_for_the_office(app: Flask):
    assert access.may_open("safeguarding-lead", "office.list_records")
    assert not access.may_open("office", "office.list_records")


def test_a_name_taken_up_with_a_tap_does_not_open_the_office(probe: Flask):
    tapped = Visitor(probe, "head")
    with tapped.client.session_transaction() as session:
        session["_fresh"] = False
    answer = tapped.ask("/probe/desk")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_what_nobody_listed_is_refused_to_everybody(probe: Flask):
    for client in (Visitor(probe), Visitor(probe, "head")):
        assert client.ask("/probe/anybody").text == "in"
        for method in ("GET", "POST"):
            assert client.ask("/probe/forgotten", method).status_code == 403
