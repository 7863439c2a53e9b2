"""The real server, alone and behind Caddy as deployed, while more clients than it has threads are slow."""

import json
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from e2e.caddy import caddy_before
from e2e.slow import BEGINNINGS, LARGE, Crowd, connected
from tests.apps import used
from tests.builders import (
    PASSWORD,
    Clock,
    Tablet,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_year,
)
from tests.conftest import TUESDAY_MORNING
from tests.sync.forked import ForkedServer
from tests.sync.server import PATIENCE, Client
from webapp import create_app
from webapp.cli.outgoing import COOL_DOWN
from webapp.config import Settings, read_settings
from webapp.models.base import THREADS
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing

MANY = THREADS + 16
PAGES = ("/sign-in", "/health", "/static/css/floor.css", "/today")


@pytest.fixture(scope="module")
def settings(empty_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = shutil.copytree(empty_school, tmp_path_factory.mktemp("slow") / "data")
    return read_settings({"REACHABLE_DATA": str(folder)})


@pytest.fixture(scope="module")
def code(settings: Settings) -> str:
    """For a tablet of a school with one lesson."""
    with used(create_app(settings, Clock(TUESDAY_MORNING))):
        create_year()
        create_group()
        create_staff()
        create_student()
        create_lesson()
        with writing():
            return make_code("floor", TUESDAY_MORNING).text


@pytest.fixture(scope="module")
def server(settings: Settings, code: str) -> Iterator[ForkedServer]:
    server = ForkedServer(settings, Clock(TUESDAY_MORNING))
    with used(create_app(settings)):
        server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def tablet(server: ForkedServer, code: str) -> Tablet:
    tablet = Tablet(server.client(), Clock(TUESDAY_MORNING))
    tablet.enrol(code)
    assert tablet.sign_in().status_code == 200
    tablet.pull()
    return tablet


@pytest.fixture(scope="module", params=["alone", "behind Caddy"])
def port(request: pytest.FixtureRequest, server: ForkedServer) -> Iterator[int]:
    if request.param == "alone":
        yield server.port
        return
    with caddy_before(server.port) as port:
        yield port


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_pages_and_taps_are_answered_meanwhile(server: ForkedServer, tablet: Tablet, port: int, kind: str) -> None:
    with closing(Crowd(port, kind, MANY)) as crowd:
        for _ in range(2):
            crowd.go_on()
            with closing(Client(port)) as browser:
                for page in PAGES:
                    assert browser.get(page).status_code in (200, 303), page
                assert browser.submit("/sign-in", username="a.adeyemi", password=PASSWORD).status_code == 303
            tablet.mark(1, 1, 4)
            assert tablet.push().json["upto"] == tablet.ops[-1]["n"]


def test_an_answer_waits_for_whoever_reads_it_later(server: ForkedServer, port: int) -> None:
    """It is more than the system keeps for a connection."""
    asked = f"GET {LARGE} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode()
    with closing(Client(server.port)) as browser, closing(connected(port, asked)) as late:
        wanted = browser.get(LARGE).data
        answer = all_of(late)
    assert answer.partition(b"\r\n\r\n")[2] == wanted


def all_of(connection: socket.socket) -> bytes:
    connection.setblocking(True)
    connection.settimeout(PATIENCE)
    return b"".join(iter(lambda: connection.recv(65536), b""))


def test_whoever_must_not_ask_again_yet_hears_so_later_and_holds_no_thread(server: ForkedServer, port: int) -> None:
    """All of them would have to be answered before a page, if threads waited."""
    with closing(Client(port)) as guesser:
        while guesser.post("/sync/v1/enrol", {"code": "AAAA-AAAA", "name": "Trolley"}).status_code != 429:
            continue
    wrong = json.dumps({"code": "AAAA-AAAA", "name": "Trolley"})
    head = f"POST /sync/v1/enrol HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Length: {len(wrong)}\r\n"
    asked = f"{head}Content-Type: application/json\r\n\r\n{wrong}".encode()
    with ExitStack() as stack:
        began = time.monotonic()
        refused = [stack.enter_context(closing(connected(port, asked))) for _ in range(MANY)]
        with closing(Client(server.port)) as browser:
            assert browser.get("/sign-in").status_code == 200
        for each in refused:
            assert all_of(each).split()[1] == b"429"
        assert time.monotonic() - began >= COOL_DOWN
