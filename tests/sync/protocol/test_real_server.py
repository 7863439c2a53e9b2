"""What must hold of the real server: one process on SQLite, two that share a school on PostgreSQL."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Clock, Tablet, create_group, create_lesson, create_staff, create_student, create_year
from tests.sync.server import PATIENCE, Server
from webapp import create_app
from webapp.config import Settings
from webapp.models import Operation, db
from webapp.sync.devices.devices import make_code
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing

STUDENTS = range(1, 9)
LESSONS = range(1, 21)
MARKED_ONCE = LESSONS[:15]


@pytest.fixture(scope="module")
def app(shared_settings: Settings) -> Iterator[Flask]:
    """A school at work today, since a real server asks the real clock."""
    app = create_app(shared_settings, Clock(datetime.now(UTC)))
    with app.app_context():
        today = datetime.now(UTC).date()
        create_year(today - timedelta(days=60), today + timedelta(days=60))
        create_group()
        create_staff()
        for _ in STUDENTS:
            create_student()
        for lesson in LESSONS:
            create_lesson(today - timedelta(days=lesson % 3), str(lesson // 3))
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def servers(app: Flask, shared_settings: Settings) -> Iterator[list[Server]]:  # the school is there before its servers
    with ExitStack() as running:
        servers = [Server(shared_settings) for _ in range(2 if db.engine.dialect.name == "postgresql" else 1)]
        for server in servers:
            running.callback(server.stop)
            server.start()
        yield servers


@pytest.fixture(scope="module")
def enrol(app: Flask) -> Callable[[Server], Tablet]:
    def enrol(server: Server) -> Tablet:
        tablet = Tablet(server.client(), app.config["CLOCK"])
        with writing():
            code = make_code("floor", tablet.clock.now).text
        tablet.enrol(code)
        assert tablet.sign_in().status_code == 200
        return tablet

    return enrol


def stored_numbers(tablet: Tablet) -> list[int]:
    db.session.rollback()
    query = select(Operation.n).where(Operation.device_id == tablet.device)
    return list(db.session.scalars(query.order_by(Operation.seq)))


def test_invariants_1_and_2_acknowledged_is_in_the_log_after_kill_9(
    servers: list[Server], enrol: Callable[[Server], Tablet]
):
    server, *_ = servers
    tablet = enrol(server)

    def push_until_the_server_dies(upto: int, enough: int, a_few_are_in: threading.Event) -> int:
        try:
            while True:
                for student, lesson in product(STUDENTS, LESSONS[15:18]):
                    tablet.mark(student, lesson, len(tablet.ops) % 6)
                upto = tablet.push(tablet.ops[upto:]).json["upto"]
                if upto >= enough:
                    a_few_are_in.set()
        except ConnectionError:
            return upto

    acknowledged = 0
    for _ in range(2):
        a_few_are_in = threading.Event()
        with ThreadPoolExecutor() as pool:
            pushing = pool.submit(push_until_the_server_dies, acknowledged, acknowledged + 60, a_few_are_in)
            assert a_few_are_in.wait(PATIENCE)
            server.kill()
            acknowledged = pushing.result()
        numbers = stored_numbers(tablet)
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= acknowledged
        server.start()
    for start in range(0, len(tablet.ops), 400):
        assert tablet.push(tablet.ops[start : start + 400]).json["notes"] == []
    assert stored_numbers(tablet) == [op["n"] for op in tablet.ops]
    assert not any(rebuild().values())


def test_invariant_4_no_cursor_skips_a_row_with_many_writers(servers: list[Server], enrol: Callable[[Server], Tablet]):
    writers = [enrol(servers[i % len(servers)]) for i in range(4)]
    readers = [enrol(servers[i % len(servers)]) for i in range(3)]
    finished = threading.Event()

    def write(part: int) -> None:
        """A row that is skipped stays skipped, since nothing changes it again."""
        tablet = writers[part]
        for student, lesson in list(product(STUDENTS, MARKED_ONCE))[part :: len(writers)]:
            tablet.mark(student, lesson, 4)
            if len(tablet.ops) % 3 == 0:
                assert tablet.push(tablet.ops[-3:]).status_code == 200
        assert tablet.push().json["upto"] == len(tablet.ops)

    def read(tablet: Tablet) -> None:
        is_last = False
        while not is_last:
            is_last = finished.is_set()
            tablet.pull(limit=7)

    with ThreadPoolExecutor(len(writers) + len(readers)) as pool:
        reading = [pool.submit(read, tablet) for tablet in readers]
        try:
            for written in [pool.submit(write, part) for part in range(len(writers))]:
                written.result()
        finally:
            finished.set()
        for done in reading:
            done.result()

    fresh = enrol(servers[0])
    fresh.pull(limit=10_000)
    assert fresh.table("scores").keys() >= {f"{student}.{lesson}" for student, lesson in product(STUDENTS, MARKED_ONCE)}
    for tablet in readers:
        assert tablet.rows == fresh.rows


def test_pulled_rows_come_in_the_order_of_their_last_change(servers: list[Server], enrol: Callable[[Server], Tablet]):
    tablet = enrol(servers[0])
    for student in STUDENTS:
        tablet.mark(student, LESSONS[18], 4)
    tablet.push()
    since, more = 0, True
    while more:
        answer = tablet.client.get(f"/sync/v1/pull?since={since}&limit=10").json
        revs = [row["rev"] for row in answer["rows"]]
        assert revs == sorted(set(revs))
        assert all(since < rev <= answer["next"] for rev in revs)
        since, more = answer["next"], answer["more"]
    assert since == answer["head"]


def test_live_says_the_head_at_once_and_after_a_push_to_any_process(
    servers: list[Server], enrol: Callable[[Server], Tablet]
):
    listener, writer = enrol(servers[0]), enrol(servers[-1])
    writer.mark(1, LESSONS[19], 4)
    before = writer.push().json["head"]
    stream = listener.client.open("/sync/v1/live")
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert next_event(stream) == f'data: {{"head": {before}}}'
    writer.mark(1, LESSONS[19], 5)
    after = writer.push().json["head"]
    assert next_event(stream) == f'data: {{"head": {after}}}'
    stream.close()


def next_event(stream: HTTPResponse) -> str:
    """The next line that is neither empty nor a heartbeat."""
    lines = (stream.readline().decode().strip() for _ in iter(int, 1))
    return next(line for line in lines if line and not line.startswith(":"))


def test_live_turns_strangers_away(servers: list[Server]):
    answer: Any = servers[0].client().get("/sync/v1/live")
    assert answer.status_code == 401
