"""What the server's log says of an error: which rule was broken, and nobody's name."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from tests.builders import create_staff, create_student
from tests.postgres import DATABASES
from tests.sync.conftest import settings_on
from webapp.config import Settings
from webapp.domain.access.rights import ANYBODY, PAGES
from webapp.models import Staff, db, insert_rows
from webapp.sync.log.revisions import writing

PERSONAL = ("Quartey", "quartey", "Zoë", "Okafor", "Z9402", "school.example")
STAFF = {"id": "c.quartey", "username": "c.quartey", "surname": "Quartey", "forename": "Zoë", "role": "head"}

OTHER = {"id": "x", "username": "Okafor"}
ADDRESS = "zoe@school.example"
CHILD, GROUP = ("Zoë", "Okafor"), "nowhere Z9402"
"""By names, since a log shows the lines of the program."""


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Path) -> Settings:
    return settings_on(request.param, request, data)


def twice_by_the_session() -> None:
    with writing():
        db.session.add(Staff(**STAFF | {"id": "another", "email": ADDRESS}, rev=1))


def twice_by_hand() -> None:
    with writing():
        insert_rows(Staff, [STAFF | {"rev": 1}])


def nothing_where_something_must_be() -> None:
    with writing():
        db.session.add(Staff(**STAFF | OTHER, rev=None))


def too_large() -> None:
    create_student(*CHILD, group=GROUP, year=2**70)


def no_such_column() -> None:
    db.session.execute(text("SELECT surname FROM staff WHERE nothing = :surname"), STAFF)


FAULTS = (twice_by_the_session, twice_by_hand, nothing_where_something_must_be, too_large, no_such_column)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_of_the_database_names_nobody_in_the_log(
    own_app: Flask, fault: Callable[[], None], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view(**_parts: Any) -> str:
        fault()
        return ""

    own_app.add_url_rule("/fault/<person>", "fault", view)
    monkeypatch.setitem(PAGES, "fault", ANYBODY)
    create_staff("c.quartey", "head", surname="Quartey", forename="Zoë")
    with caplog.at_level(logging.DEBUG):
        assert own_app.test_client().get("/fault/c.quartey").status_code in (500, 503)
    assert "Exception at fault [GET]" in caplog.text
    assert "Traceback" in caplog.text
    assert [word for word in PERSONAL if word in caplog.text] == []
