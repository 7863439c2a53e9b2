"""What happened at school, told in the very event that says so.

Forty tablets that each ask what is new after every call keep a school busy for longer than the call may take. So the
news is put together once, and goes along with the event to whoever asked for it that way.
"""

import threading
from dataclasses import dataclass

from flask import Flask, current_app, json
from sqlalchemy import select

from webapp.domain.access.duties import DUTIES, FLOOR_TABLET
from webapp.domain.time.moment import instant
from webapp.models import Device, School, db
from webapp.school import clock
from webapp.sync.protocol.pull import common_rows
from webapp.sync.tables.replicated import heard_by

MOST_ROWS = 50  # more come with a pull

ALIKE = [key for key in DUTIES if heard_by(key) == heard_by(FLOOR_TABLET)]
"""The duties whose tablets all hear the same; others pull what is theirs."""


@dataclass(frozen=True, slots=True)
class News:
    """Everything since `since` as one event, for `tablets`: those that may have it, and miss nothing of their own."""

    since: int
    head: int
    text: str
    tablets: frozenset[str]


class Desk:
    """Keeps the latest news, which all streams want at the same moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: News | None = None

    def event(self, app: Flask, tablet: str, since: int) -> tuple[str, int] | None:
        """The data of an event for a tablet that knows all up to `since`, and the head it reaches; None if it had
        better pull."""
        with self._lock:
            if self._latest is None or self._latest.since != since:
                with app.app_context():
                    self._latest = _gather(since)
            news = self._latest
        return (news.text, news.head) if tablet in news.tablets else None


def desk() -> Desk:
    """The running app's own."""
    own: Desk = current_app.extensions["news"]
    return own


def _gather(since: int) -> News:
    school = db.session.query(School).one()
    rows = common_rows(FLOOR_TABLET, since, MOST_ROWS, school)
    if rows is None:
        return News(since, school.sequence, "", frozenset())
    reach = {"since": since, "head": school.sequence, "epoch": school.epoch, "now": instant(clock.now())}
    # Looked up with the rows: a tablet that was revoked reads nothing new.
    tablets = db.session.scalars(select(Device.id).where(Device.revoked_at.is_(None), Device.duty.in_(ALIKE)))
    return News(since, school.sequence, json.dumps(reach | {"rows": rows}), frozenset(tablets))
