"""What tablets are told in the event itself, and who is told nothing that way."""

import json
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_staff, create_tablet
from webapp.models import Device, db
from webapp.sync.log.revisions import head, writing
from webapp.sync.protocol import news


@pytest.fixture
def other(app: Flask, tablet: Tablet) -> Tablet:
    create_staff("b.baptiste")
    return create_tablet(app, "b.baptiste")


def told(app: Flask, tablet: Tablet, since: int) -> dict[str, Any] | None:
    event = news.desk().event(app, tablet.device, since)
    if event is None:
        return None
    text, reached = event
    assert json.loads(text)["head"] == reached
    return dict(json.loads(text))


def test_rows_told_are_rows_pulled(app: Flask, tablet: Tablet, other: Tablet):
    other.pull()
    since = other.cursor
    tablet.record("space.ask", {"space": "hazel", "student": "1"})
    tablet.mark(1, 1, 4)
    tablet.push()
    event = told(app, other, since)
    pulled = other.client.get(f"/sync/v1/pull?since={since}").json
    assert event is not None
    assert event["rows"] == pulled["rows"] != []
    assert (event["since"], event["head"], event["epoch"]) == (since, pulled["head"], pulled["epoch"])


def test_a_revoked_tablet_is_told_nothing(app: Flask, tablet: Tablet, other: Tablet):
    since = head()
    with writing():
        db.session.get_one(Device, other.device).revoked_at = other.clock.now
    tablet.record("space.assist", {"place": "Hall"})
    tablet.push()
    assert told(app, tablet, since) is not None
    assert told(app, other, since) is None


def test_a_kiosk_is_told_nothing_of_anybody(app: Flask, tablet: Tablet):
    kiosk, since = create_tablet(app, duty="kiosk"), head()
    tablet.mark(1, 1, 4)
    tablet.push()
    assert told(app, kiosk, since) is None


def test_what_was_refused_one_tablet_is_told_to_none(app: Flask, tablet: Tablet, other: Tablet):
    """Or it would pass over its own refusal."""
    since = head()
    tablet.record("space.leave", {"stay": "d9.a.1", "free_to_leave": True})
    tablet.record("space.assist", {"place": "Hall"})
    tablet.push()
    assert told(app, tablet, since) is None
    assert told(app, other, since) is None
    tablet.pull()
    assert tablet.table("refusals")


def test_a_long_list_is_left_to_a_pull(app: Flask, tablet: Tablet, other: Tablet):
    since = head()
    for _ in range(news.MOST_ROWS + 1):
        tablet.record("space.assist", {"place": "Hall"})
    tablet.push()
    assert told(app, other, since) is None


@pytest.mark.parametrize("asked", [True, False])
def test_only_who_asks_hears_the_rows(app: Flask, tablet: Tablet, asked: bool):
    stream = tablet.client.get("/sync/v1/live" + ("?rows=1" if asked else ""), buffered=False)
    events = iter(stream.response)
    first = json.loads(next(events).decode().removeprefix("data: "))
    with app.app_context():
        before = head()
    assert first == {"head": before}
    tablet.mark(1, 1, 4)
    tablet.push()
    second = json.loads(next(events).decode().removeprefix("data: "))
    assert second["head"] > before
    assert ("rows" in second) == asked
    stream.close()
