"""What a stranger may try to see somebody's points. Nothing on the list below opens anybody's."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import asked
from tests.builders_rewards import give, limit
from tests.hostile import hostile_strings
from tests.student.conftest import CAI, INAYA, TUESDAY, ZOE, Post
from webapp.models import LockOut, db
from webapp.student.cards import digest_of, issue, make_token
from webapp.student.routes import WRONG_CARD
from webapp.sync.devices.places import network_of

SECRETS = ("Zoë", "Okafor", "Inaya", "Begum", "Cai", "Price", "Smoke", "Comet")
"""What no stranger may read: names, the reason for a limit, an alias."""


@dataclass(frozen=True)
class Try:
    """One attempt: a request and what it goes about."""

    what: str
    path: str = "/card/points"
    method: str = "POST"
    form: dict[str, Any] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)


def tries(token: str, old: str) -> Iterator[Try]:
    """Everything tried. `token` is Inaya's card that works, `old` the one she had before."""
    yield from wrong_tokens(token, old)
    yield from instead_of_a_token(token)
    yield from other_ways_to_send_it(token)
    yield from other_addresses(token)
    yield from headers()


def wrong_tokens(token: str, old: str) -> Iterator[Try]:
    for what, guess in {
        "an old card": old,
        "a made-up card": make_token(),
        "no token": "",
        "a token cut short": token[:-1],
        "a token without its beginning": token[1:],
        "half a token": token[:11],
        "a token with a letter more": token + "A",
        "a token twice": token * 2,
        "a token in capitals": token.upper(),
        "a token in small letters": token.lower(),
        "a token with its cases changed": token.swapcase(),
        "a token backwards": token[::-1],
        "a token padded as base64": f"{token}==",
        "a token in the other base64": token.replace("-", "+").replace("_", "/") + "=",
        "a token between blanks": f" {token} ",
        "a token before a line break": f"{token}\n",
        "a token before a null": f"{token}\0",
        "a token in quotes": f"'{token}'",
        "a token with its fragment mark": f"#{token}",
        "the address of a card": f"/card#{token}",
        "the hash of a token": digest_of(token),
        "the beginning of its hash": digest_of(token)[:24],
        "anything": "%",
        "any letters": "_" * 22,
        "SQL": f"' OR digest LIKE '%{digest_of(token)[:4]}%' --",
        "more SQL": "x' UNION SELECT student_id FROM card --",
        "a list of tokens": "[]",
        "a truth": "true",
    }.items():
        yield Try(what, form={"token": guess})
        yield Try(f"{what}, for a choice", "/card/option", form={"token": guess, "choice": "cooking"})
    for text in hostile_strings():
        yield Try(f"junk: {text[:20]!r}", form={"token": text.encode("utf-8", "replace").decode()})


def instead_of_a_token(token: str) -> Iterator[Try]:
    for name in ("student", "id", "student_id", "upn", "key", "digest", "since", "limit", "from", "to", "week", "all"):
        for value in (str(ZOE), "0", "-1", "1,2,3", "1..3", "*", "A000000000001", digest_of(token)):
            yield Try(f"{name}={value}", form={name: value})
    yield Try("a range of ids", form={"id": [str(number) for number in range(100)]})
    yield Try("two tokens, neither right", form={"token": [make_token(), make_token()]})


def other_ways_to_send_it(token: str) -> Iterator[Try]:
    yield Try("the token in the query", f"/card/points?token={token}")
    yield Try("the token as JSON", other={"json": {"token": token}})
    yield Try("ids as JSON", other={"json": {"student": ZOE, "range": [1, 100]}})
    yield Try("the token as a file", other={"data": {"token": (io.BytesIO(token.encode()), "token")}})
    yield Try("the token as plain text", other={"data": token, "content_type": "text/plain"})
    yield Try("the token in a header", other={"headers": {"Authorization": f"Bearer {token}", "X-Token": token}})
    yield Try("the token as a cookie", other={"headers": {"Cookie": f"token={token}; reachable_device={token}"}})


def other_addresses(token: str) -> Iterator[Try]:
    for path in (
        "/card/points", "/card/option", f"/card/{token}", f"/card/points/{ZOE}", f"/card/{ZOE}", "/card/1..99",
        f"/card/{digest_of(token)}", f"/card/{digest_of(token)[:24]}", f"/card/{digest_of(token)[:24]}?to=student",
        f"/card?token={token}", f"/card?student={ZOE}", "/card/", "/kiosk", "/hall", f"/hall?student={ZOE}",
        "/student", "/student/", f"/student/{ZOE}", f"/student/{ZOE}/limit", f"/students/{ZOE}",
        "/tuck", "/room", f"/tuck/{ZOE}", f"/room/{ZOE}", "/office/cards", "/office/board",
        "/sync/v1/pull", "/sync/v1/pull?since=0&limit=1000", "/sync/v1/live",
        "/static/../instance/reachable.sqlite3", "/static/%2e%2e/%2e%2e/instance/secret_key", "/.git/config",
    ):  # fmt: skip
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            yield Try(f"{method} {path}", path, method)


def headers() -> Iterator[Try]:
    for name, value in (
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Real-IP", "127.0.0.1"),
        ("Forwarded", "for=127.0.0.1"),
        ("X-HTTP-Method-Override", "GET"),
        ("X-Original-URL", f"/student/{ZOE}"),
        ("X-Rewrite-URL", f"/student/{ZOE}"),
        ("HX-Request", "true"),
        ("Cookie", "reachable_device=d1; session=eyJfdXNlcl9pZCI6ImEuYWRleWVtaSJ9.x.y"),
        ("Range", "bytes=0-99999"),
    ):
        yield Try(f"{name}: {value}", form={"token": make_token()}, other={"headers": {name: value}})
        yield Try(f"{name}: {value}, of a student", f"/student/{ZOE}", "GET", other={"headers": {name: value}})


@pytest.fixture
def cards(tokens: dict[int, str]) -> tuple[str, str]:
    """Inaya's card that works and the one before, in a school where there is something to see."""
    for student in (ZOE, INAYA):
        give(student, 4, TUESDAY)
        limit(student, "creative")
    give(CAI, 5, group="10A")
    return issue([INAYA], "p.okonkwo")[INAYA], tokens[INAYA]


def attempt(app: Flask, one: Try, number: int) -> TestResponse:
    """Each from an address of its own."""
    client = app.test_client(use_cookies="Cookie" not in one.other.get("headers", {}))
    given = one.other if {"json", "data"} & one.other.keys() else one.other | {"data": one.form}
    return client.open(one.path, method=one.method, environ_overrides={"REMOTE_ADDR": address(number)}, **given)


def address(number: int) -> str:
    return f"198.51.{number // 250}.{number % 250 + 1}"


def test_nothing_tried_opens_anybodys_points_and_wrong_cards_are_answered_alike(
    classrooms: Flask, cards: tuple[str, str], capsys: pytest.CaptureFixture[str]
):
    statuses: Counter[int] = Counter()
    answers_to_cards = set()
    for number, one in enumerate(tries(*cards)):
        answer = attempt(classrooms, one, number)
        assert not any(secret in answer.text for secret in SECRETS), one.what
        assert "data-points" not in answer.text, one.what
        assert answer.status_code < 500, one.what
        statuses[answer.status_code] += 1
        if one.path.startswith("/card/points") and one.method == "POST":
            answers_to_cards.add((answer.status_code, answer.headers["Cache-Control"], answer.text))
        answer.close()
    with capsys.disabled():
        print(f"\n{statuses.total()} things tried opened nothing; statuses: {dict(sorted(statuses.items()))}")  # noqa: T201
    [(status, cache, words)] = {found for found in answers_to_cards if "data-said" in found[2]}
    assert (status, cache, WRONG_CARD in words) == (404, "no-store", True)
    assert len(answers_to_cards) == 3  # the others: there is no such address, or it is too large to be read


@pytest.fixture
def statements(classrooms: Flask) -> Iterator[list[str]]:
    """What the database is asked."""
    with asked.statements() as noted:
        yield noted


def test_an_old_card_costs_the_same_work_as_one_that_never_was(
    post: Post, cards: tuple[str, str], statements: list[str]
):
    def questions(token: str) -> list[str]:
        db.session.rollback()
        statements.clear()
        post("/card/points", token=token)
        return list(statements)

    _, old = cards
    assert questions(old) == questions(make_token()) != []


def test_wrong_cards_lock_nobodys_phone_out_and_are_not_written_down(
    post: Post, tokens: dict[int, str], statements: list[str]
):
    """One pupil of a school whose phones share an address. Of 2^128 tokens nobody guesses one, however often."""
    for _ in range(500):
        assert post("/card/points", token=make_token()).status_code == 404
        assert post("/card/option", token="x", choice="cooking").status_code == 404
    assert not [one for one in statements if one.startswith(("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE"))]
    assert db.session.query(LockOut).count() == 0
    assert post("/card/points", token=tokens[ZOE]).status_code == 200


@pytest.mark.parametrize(
    ("given", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", "somewhere"),
        ("unix:", "somewhere"),
    ],
)
def test_a_household_counts_as_one_network(given: str, network: str):
    assert network_of(given) == network
