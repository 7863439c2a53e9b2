"""Revisions (`rev`), handed out under the one lock under which everything is written.

They are handed out while the lock is held and become visible with the commit, so nobody can see rev 11
before rev 10.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from sqlalchemy import Connection, update

from webapp.models import School, db
from webapp.models.lock import alone
from webapp.sync.protocol import live

PAUSE = 0.15  # seconds; on SQLite whoever waits looks ten times a second whether the lock is free


class RevCounter:
    """Hands out the school's next revisions within one write."""

    def __init__(self, last: int) -> None:
        self.last = last

    def next(self) -> int:
        self.last += 1
        return self.last

    def take(self, count: int) -> range:
        """The next `count` revisions, ascending."""
        first = self.last + 1
        self.last += count
        return range(first, self.last + 1)


@contextmanager
def writing() -> Iterator[RevCounter]:
    """One write to the school, alone: commits at the end, rolls back on any error.

    What was loaded before is forgotten, since another writer may have changed it.
    """
    with alone() as connection:
        revs = RevCounter(head())
        before = revs.last
        yield revs
        if revs.last != before:
            _publish_within(connection, revs.last)
    live.hub().publish(revs.last)


def give_way(more: bool) -> None:
    """Between two writes of one long piece of work: if there is `more` to do, let whoever waits have the lock first."""
    if more:
        sleep(PAUSE)


def _publish_within(connection: Connection, last: int) -> None:
    db.session.execute(update(School).values(sequence=last))
    if connection.dialect.name == "postgresql":
        live.notify(connection, last)


def head() -> int:
    """The last one handed out; 0 in a database without a school."""
    return db.session.query(School.sequence).scalar() or 0
