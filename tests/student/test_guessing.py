"""What a stranger may try to see somebody's points, and how slowly. Nothing on the list below opens anybody's."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.builders import create_tablet
from tests.builders_rewards import give, limit
from tests.hostile import hostile_strings
from tests.student.conftest import ADDRESS, CAI, INAYA, TUESDAY, ZOE, Post
from webapp.cards import digest_of, issue, make_token
from webapp.models import LockOut, db
from webapp.student.holder import BRAKE
from webapp.student.routes import WRONG_CARD
from webapp.sync.places import network_of

SECRETS = ("Zoë", "Okafor", "Inaya", "Begum", "Cai", "Price", "Smoke", "Comet")
"""What no stranger may read: names, the reason for a limit, an alias."""

PER_MINUTE = 1_000
AN_HOUR = 60  # minutes


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
    """Each from an address of its own, or the brake would be all that is tested."""
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


def test_an_old_card_costs_the_same_work_as_one_that_never_was(post: Post, cards: tuple[str, str]):
    def questions(token: str, source: str) -> list[str]:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        post("/card/points", address=source, token=token)
        event.remove(db.engine, "before_cursor_execute", note)
        return asked

    _, old = cards
    assert questions(old, "192.0.2.1") == questions(make_token(), "192.0.2.2") != []


def test_a_thousand_guesses_a_minute_are_slowed_to_two_a_minute(
    classrooms: Flask, post: Post, cards: tuple[str, str], capsys: pytest.CaptureFixture[str]
):
    clock, heard = classrooms.config["CLOCK"], 0
    for minute in range(AN_HOUR):
        for _ in range(PER_MINUTE):
            answer = post("/card/points", token=make_token())
            assert answer.status_code in (404, 429)
            heard += answer.status_code == 404
            # The clock stands within a minute: after one refusal come only refusals, as the first minute shows in full.
            if answer.status_code == 429 and minute:
                break
        clock.move(minutes=1)
    with capsys.disabled():
        print(f"\n{heard} of {AN_HOUR * PER_MINUTE:,} guesses in an hour were looked at")  # noqa: T201
    assert heard == 120


def test_who_guesses_too_often_is_told_how_long_to_wait(classrooms: Flask, post: Post, tokens: dict[int, str]):
    answers = [post("/card/points", token="x") for _ in range(BRAKE.tries + 1)]
    assert [answer.status_code for answer in answers] == [404] * BRAKE.tries + [429]
    assert "Try again in 5 minutes." in answers[-1].text
    assert answers[-1].headers["Retry-After"] == "300"
    classrooms.config["CLOCK"].move(minutes=3, seconds=30)
    answer = post("/card/points", token="x")
    assert ("Try again in 2 minutes." in answer.text, answer.headers["Retry-After"]) == (True, "90")


def test_meanwhile_a_right_card_waits_too_or_guessing_would_go_on(
    classrooms: Flask, post: Post, tokens: dict[int, str]
):
    for _ in range(BRAKE.tries):
        post("/card/points", token="x")
    assert post("/card/points", token=tokens[ZOE]).status_code == 429
    assert post("/card/option", token=tokens[ZOE], choice="cooking").status_code == 429
    classrooms.config["CLOCK"].move(seconds=BRAKE.wait.total_seconds())
    assert post("/card/points", token=tokens[ZOE]).status_code == 200


def test_a_card_of_ones_own_does_not_buy_more_guesses(post: Post, tokens: dict[int, str]):
    for _ in range(BRAKE.tries):
        assert post("/card/points", token=tokens[ZOE]).status_code == 200
        assert post("/card/points", token="x").status_code == 404
    assert post("/card/points", token="x").status_code == 429


def test_choices_count_as_guesses_too(post: Post, tokens: dict[int, str]):
    for _ in range(BRAKE.tries):
        assert post("/card/option", token="x", choice="cooking").status_code == 404
    assert post("/card/points", token=tokens[ZOE]).status_code == 429


def test_one_network_is_not_slowed_for_another_nor_for_the_schools_tablets(
    classrooms: Flask, post: Post, tokens: dict[int, str]
):
    for _ in range(BRAKE.tries):
        post("/card/points", token="x")
    assert post("/card/points", token=tokens[ZOE], address="203.0.113.10").status_code == 200
    tablet = create_tablet(classrooms, duty="kiosk").client
    answer = tablet.post("/card/points", data={"token": tokens[ZOE]}, environ_overrides={"REMOTE_ADDR": ADDRESS})
    assert answer.status_code == 200


def test_a_tablet_is_slowed_wherever_it_goes(classrooms: Flask, tokens: dict[int, str]):
    tablet = create_tablet(classrooms, duty="kiosk").client
    for number in range(BRAKE.tries):
        tablet.post("/card/points", data={"token": "x"}, environ_overrides={"REMOTE_ADDR": address(number)})
    assert tablet.post("/card/points", data={"token": tokens[ZOE]}).status_code == 429


def test_headers_do_not_make_another_network(classrooms: Flask, tokens: dict[int, str]):
    client = classrooms.test_client()
    for number in range(BRAKE.tries):
        client.post("/card/points", data={"token": "x"}, headers={"X-Forwarded-For": address(number)})
    assert client.post("/card/points", data={"token": "x"}).status_code == 429
    assert [row.key for row in db.session.query(LockOut)] == ["card:from 127.0.0.1"]


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
