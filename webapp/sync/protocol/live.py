"""Telling tablets that there is something to pull.

Within a process a condition wakes the listeners. On PostgreSQL several processes share a school, so each write
also sends one NOTIFY and each process listens for it.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator

from flask import current_app
from sqlalchemy import URL, Connection, text

CHANNEL = "reachable_head"
MOST_LISTENERS = 48  # each holds a thread, and some must be left for the others; who finds none polls
HEARTBEAT = 15.0  # seconds; also how soon a connection that went away is noticed


class Hub:
    """The latest head this process has heard of, and those who wait for the next."""

    def __init__(self) -> None:
        self.seats = threading.BoundedSemaphore(MOST_LISTENERS)
        self._changed = threading.Condition()
        self._head = 0
        self._listener: threading.Thread | None = None
        self._streams: dict[str, int] = {}

    def begin(self, tablet: str) -> int:
        """The number of a tablet's new stream. An older one ends: its page has gone, though nobody said so."""
        with self._changed:
            self._streams[tablet] = self._streams.get(tablet, 0) + 1
            self._changed.notify_all()
            return self._streams[tablet]

    def publish(self, head: int) -> None:
        with self._changed:
            if head > self._head:
                self._head = head
                self._changed.notify_all()

    def wait(self, tablet: str, stream: int, known: int) -> int | None:
        """The head once it is another than the one known, or when a heartbeat is due; None ends the stream."""
        with self._changed:
            self._changed.wait_for(lambda: self._head > known or self._streams[tablet] != stream, HEARTBEAT)
            return self._head if self._streams[tablet] == stream else None

    def listen(self, database: URL) -> None:
        """Start hearing other processes' writes to a PostgreSQL school; once per process."""
        with self._changed:
            if self._listener is None:
                self._listener = threading.Thread(target=self._hear, args=(_address(database),), daemon=True)
                self._listener.start()

    def _hear(self, address: str) -> None:
        import psycopg  # a school on SQLite has no need of it

        while True:
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    # What was written before anybody listened.
                    for (head,) in connection.execute("SELECT sequence FROM school"):
                        self.publish(head)
                    for notice in connection.notifies():
                        self.publish(int(notice.payload))
            except psycopg.OperationalError:
                time.sleep(1)  # the database restarts; tablets poll meanwhile


def hub() -> Hub:
    """The running app's own."""
    own: Hub = current_app.extensions["live"]
    return own


def _address(database: URL) -> str:
    """The database's address as PostgreSQL's own library reads it."""
    return database.set(drivername="postgresql").render_as_string(hide_password=False)


def notify(connection: Connection, head: int) -> None:
    """Part of a PostgreSQL transaction: other processes hear of the head when it commits."""
    connection.execute(text("SELECT pg_notify(:channel, :head)"), {"channel": CHANNEL, "head": str(head)})


Teller = Callable[[int], tuple[str, int] | None]
"""What is new since a head, as an event's data, and the head it reaches; None: it is not told that way."""


def events(hub: Hub, tablet: str, head: int, tell: Teller) -> Iterator[str]:
    """Server-sent events: the head now, then each time it moves; a comment as heartbeat in between."""
    hub.publish(head)
    stream = hub.begin(tablet)
    yield _event(_only(head))
    while (now := hub.wait(tablet, stream, head)) is not None:
        if now > head:
            data, head = tell(head) or (_only(now), now)
            yield _event(data)
        else:
            yield ": still here\n\n"


def _only(head: int) -> str:
    return json.dumps({"head": head})


def _event(data: str) -> str:
    return f"data: {data}\n\n"
