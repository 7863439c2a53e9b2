"""No request holds a connection to the database while anything is read from its client or sent to it."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import QueuePool
from werkzeug.routing import Rule

from tests.builders import (
    PASSWORD,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from webapp.models import db
from webapp.models.base import THREADS
from webapp.web.arrival import CUT_SHORT, MOST

ENDS = ("sign_out", "end_session")
BODY = b"username=a&password=b"
FORM = "application/x-www-form-urlencoded"
PARTS = {"staff": "head", "group": "8B", "filename": "css/floor.css"}
"""What stands in an address; 1 where nothing is said."""


class Watched(io.RawIOBase):
    """A body that notes how many connections are held whenever somebody reads of it."""

    def __init__(self, pool: QueuePool, held: list[int]) -> None:
        self._body, self._pool, self._held = io.BytesIO(BODY), pool, held

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._held.append(self._pool.checkedout())
        return self._body.readinto(buffer)


@pytest.fixture
def head(app: Flask) -> Any:
    """Signed in, on an enrolled tablet: as much as can be looked up at the front of a request."""
    create_year()
    create_group()
    create_student()
    create_staff()
    create_staff("head", "head")
    create_lesson()
    client = create_tablet(app, staff="head").client
    client.post("/sign-in", data={"username": "head", "password": PASSWORD})
    return client


@pytest.fixture
def pool(app: Flask) -> QueuePool:
    pool = db.engine.pool
    assert isinstance(pool, QueuePool)
    return pool


def addresses(app: Flask, method: str) -> dict[str, str]:
    """One for each endpoint that takes the method."""
    asked = app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return {rule.endpoint: asked.build(rule.endpoint, parts(rule), method) for rule in rules}


def parts(rule: Rule) -> dict[str, object]:
    return {name: PARTS.get(name, "1") for name in rule.arguments}


def sends(body: Any, length: int) -> dict[str, Any]:
    return {"wsgi.input": body, "CONTENT_LENGTH": str(length)}


def held_meanwhile(client: Any, pool: QueuePool, method: str, address: str) -> tuple[list[int], list[int]]:
    """How many connections are held whenever something of a request is read, and of its answer sent."""
    read, sent = list[int](), list[int]()
    sent_by = sends(io.BufferedReader(Watched(pool, read)), len(BODY))
    answer = client.open(address, method=method, content_type=FORM, environ_overrides=sent_by)
    for _ in answer.response:
        sent.append(pool.checkedout())
        if answer.mimetype == "text/event-stream":
            break
    answer.close()
    return read, sent


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_at_every_address_the_database_is_asked_between_the_last_byte_and_the_first(
    app: Flask, head: Any, pool: QueuePool, method: str
) -> None:
    asked = addresses(app, method)
    assert len(asked) > 50
    db.session.remove()
    with ThreadPoolExecutor(1) as thread:  # where a request has a context of its own, as on a server
        for endpoint, address in sorted(asked.items(), key=lambda one: one[0].endswith(ENDS)):
            read, sent = thread.submit(held_meanwhile, head, pool, method, address).result()
            assert (set(read), set(sent)) <= ({0}, {0}), endpoint
            assert read or method == "GET", endpoint


@pytest.mark.parametrize("length", [len(BODY) + 1, MOST])
def test_a_body_that_is_cut_short_changes_nothing(app: Flask, length: int) -> None:
    answer = app.test_client().post("/sign-in", content_type=FORM, environ_overrides=sends(io.BytesIO(BODY), length))
    assert (answer.status_code, answer.data) == (400, CUT_SHORT)


@pytest.mark.parametrize("length", ["-1", "x", "٣", "1.5", "1e3"])
def test_a_length_that_is_none_is_no_body(app: Flask, length: str) -> None:
    answer = app.test_client().post("/sign-in", data=BODY, environ_overrides={"CONTENT_LENGTH": length})
    assert answer.status_code == 422


def test_a_body_that_is_too_long_is_refused_unread(app: Flask, pool: QueuePool) -> None:
    read: list[int] = []
    sent_by = sends(io.BufferedReader(Watched(pool, read)), MOST + 1)
    answer = app.test_client().post("/sign-in", content_type=FORM, environ_overrides=sent_by)
    assert (answer.status_code, read) == (413, [])


def test_there_is_a_connection_for_every_thread(pool: QueuePool) -> None:
    assert pool.size() >= THREADS
    held = [pool.connect() for _ in range(THREADS)]
    for connection in held:
        connection.close()
