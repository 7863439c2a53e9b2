"""Real servers whose system lets them write no more: they say so, lose nothing, and go on by themselves.

A limit on the size of files does it: it needs no rights, and the system's answer comes to the database from below.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import PASSWORD, Tablet, create_group, create_lesson, create_staff, create_student, create_year
from tests.sync.forked import ForkedServer
from tests.sync.server import Answer, Client
from webapp.config import Settings
from webapp.models import Group, Operation, Score, db
from webapp.sync.devices.devices import make_code
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing
from webapp.web.storage import KEPT, READ_ONLY, UNWRITTEN


@pytest.fixture
def server(app: Flask, settings: Settings) -> Iterator[ForkedServer]:
    create_year()
    create_group()
    create_staff(role="administrator")
    create_student()
    create_lesson()
    server = ForkedServer(settings, app.config["CLOCK"])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def tablet(app: Flask, server: ForkedServer) -> Tablet:
    tablet = Tablet(server.client(), app.config["CLOCK"])
    with writing():
        code = make_code("floor", tablet.clock.now).text
    tablet.enrol(code)
    assert tablet.sign_in().status_code == 200
    tablet.pull()
    return tablet


@pytest.fixture
def browser(server: ForkedServer) -> Client:
    browser = server.client()
    assert browser.submit("/sign-in", username="a.adeyemi", password=PASSWORD).status_code == 303
    return browser


@contextmanager
def no_room(server: ForkedServer) -> Iterator[None]:
    """While this lasts, the system lets the server write to no file."""
    pids, before = server.pids, resource.getrlimit(resource.RLIMIT_FSIZE)
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    for pid in pids:
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def tap(browser: Client, mark: str) -> Answer:
    return browser.submit("/lesson/1/mark", student="1", mark=mark)


def new_group(browser: Client, name: str) -> Answer:
    return browser.submit("/office/groups", name=name, key_stage="3")


def health(client: Client) -> dict[str, Any]:
    return dict(client.get("/health").json)


def test_a_server_that_can_write_no_more_says_so_and_goes_on_by_itself(
    server: ForkedServer, tablet: Tablet, browser: Client
):
    tablet.mark(1, 1, 4)
    assert tablet.push().json["upto"] == 1
    tablet.mark(1, 1, 5)
    with no_room(server):
        pushed, pages = tablet.push(), [tap(browser, "3"), new_group(browser, "9H")]
        assert (pushed.status_code, pushed.json["reason"]) == (507, "cannot-write")
        assert pushed.json["detail"] == f"{UNWRITTEN.what} {KEPT}"
        for page in pages:
            assert page.status_code == 507
            assert UNWRITTEN.what in page.text
            assert UNWRITTEN.to_do in page.text
        for address in ("/lesson/1", "/office/students", "/office/groups", "/sync/v1/pull?since=0"):
            reader = tablet.client if address.startswith("/sync") else browser
            assert reader.get(address).status_code == 200, address
        assert (health(browser)["ok"], health(browser)["trouble"]) == (False, "cannot-write")
    assert tablet.push().json["upto"] == 2
    assert [tap(browser, "2").status_code, new_group(browser, "9J").status_code] == [303, 303]
    assert health(browser)["trouble"] is None
    assert stored(tablet) == ([1, 2], "2", {"8B", "9J"})
    assert not any(rebuild().values())


def stored(tablet: Tablet) -> tuple[list[int], str | None, set[str]]:
    """The tablet's operations in the log, Zoë's mark, and the groups there are."""
    db.session.rollback()
    operations = select(Operation.n).where(Operation.device_id == tablet.device).order_by(Operation.n)
    groups = set(db.session.scalars(select(Group.id)))
    return list(db.session.scalars(operations)), db.session.scalars(select(Score.mark)).one(), groups


def test_what_was_acknowledged_before_is_there_after_a_kill_in_the_midst(server: ForkedServer, tablet: Tablet):
    for mark in (4, 5, 3):
        tablet.mark(1, 1, mark)
    assert tablet.push().json["upto"] == 3
    tablet.mark(1, 1, 0)
    with no_room(server):
        assert tablet.push().status_code == 507
        server.kill()
    assert stored(tablet) == ([1, 2, 3], "3", {"8B"})


def test_a_server_does_not_start_on_a_folder_it_may_not_write_to_and_says_why(settings: Settings):
    settings.data.chmod(0o500)
    # The administrator of a machine may write everywhere, unless that right is given up.
    without_it = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*without_it, sys.executable, "-m", "flask", "--app", "webapp", "serve"]
    env = os.environ | {"REACHABLE_DATA": str(settings.data)}
    try:
        answer = subprocess.run(command, env=env, capture_output=True, text=True)
    finally:
        settings.data.chmod(0o700)
    assert (answer.returncode, answer.stderr) == (1, f"Error: {READ_ONLY.what} {READ_ONLY.to_do}\n")
