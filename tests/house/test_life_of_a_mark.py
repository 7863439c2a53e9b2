"""The life of one mark as the architecture tells it: the files it names are those that run."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from flask import Flask

from tests.builders import (
    PASSWORD,
    Tablet,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from tests.builders_spaces import create_half_term
from tests.house.test_docs import ARCHITECTURE, section
from webapp.sync.log.revisions import head
from webapp.sync.protocol import news

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"
# Tables, whose rows say that they are written, and where a mark ends that is nobody's.
NOT_RUN = {"models/operation.py", "models/level.py", "sync/log/quarantine.py"}


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    """Ada's, with her lesson of one student, Zoë."""
    create_year()
    create_half_term()
    create_group()
    create_staff()
    create_student()
    create_lesson()
    return create_tablet(app)


def named(beginning: str) -> set[str]:
    """The Python files in the part with this beginning."""
    parts = section(ARCHITECTURE, "## The life of one mark").split("\n**")
    part = next(part for part in parts if part.startswith(beginning))
    return set(re.findall(r"`([\w/]+\.py)`", part)) - NOT_RUN


@contextmanager
def watched() -> Iterator[set[str]]:
    """The files of ours in which a function runs meanwhile."""
    ran: set[str] = set()

    def note(frame: FrameType, _event: str, _argument: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(WEBAPP):
            ran.add(path.relative_to(WEBAPP).as_posix())

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield ran
    finally:
        sys.setprofile(before)


def test_on_its_way_to_school(tablet: Tablet):
    tablet.mark(1, 1, 4)
    with watched() as ran:
        assert tablet.push().json["notes"] == []
    assert len(named("To school")) > 10
    assert named("To school") - ran == set()


def test_on_its_way_to_another_tablet(app: Flask, tablet: Tablet):
    since = head()
    tablet.mark(1, 1, 4)
    with watched() as ran:
        tablet.push()
        assert news.desk().event(app, tablet.device, since)
    assert named("To another") - ran == set()


def test_on_its_way_to_the_board(app: Flask, tablet: Tablet):
    tablet.mark(1, 1, 4)
    tablet.push()
    hall = create_tablet(app, duty="hall")
    with watched() as ran:
        assert hall.client.get("/hall").status_code == 200
    assert named("To the board") - ran == set()


def test_in_a_browser_that_is_not_enrolled(app: Flask, tablet: Tablet):
    browser = app.test_client()
    browser.post("/sign-in", data={"username": tablet.staff, "password": PASSWORD})
    with watched() as ran:
        browser.post("/lesson/1/mark", data={"student": "1", "mark": "4"}, headers={"HX-Request": "true"})
    both = {"floor/both/taps/marks.py", "floor/both/screens/lesson.py"}
    assert both | {"floor/routes.py", "sync/log/log.py"} <= ran
