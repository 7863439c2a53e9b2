"""The limit on guessing what is secret: after some wrong tries nothing more is looked at for a while.

A try counts under its source and, where that is known, under whose secret it is. It counts before it is looked at, and
is given back if it was right: of many that arrive at one moment no more are looked at than of many in a row.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select

from webapp.domain.access.guesses import NOBODY, Key, wait_after
from webapp.models import AuditLine, LockOut, db
from webapp.school import audit

LOCK: Final = "guesses.lock"
NO_TIME: Final = timedelta(0)
FORGOTTEN: Final = timedelta(days=1)
"""Wrong tries that lie further back than this count no more."""

MOST_ROWS: Final = 20_000
"""Of networks and of names that nobody has; the staff's own come on top. Above that the oldest go."""

MOST_LINES: Final = 100
"""Lines an hour in the audit trail, whatever strangers do."""

QUARTER: Final = (timedelta(minutes=15),)
GROWING: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
"""For those whom we cannot tell apart: whoever locks others out for long has to go on guessing for as long."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many wrong `tries` are free, then comes the first wait, after as many again the next; the last one stays."""

    tries: int
    waits: tuple[timedelta, ...]

    def left(self, key: Key, now: datetime) -> timedelta:
        """How long whoever has this key must wait, if at all."""
        until = db.session.scalar(select(LockOut.until).where(LockOut.key == key.text))
        return max(until - now, NO_TIME) if until else NO_TIME

    def count(self, key: Key, now: datetime) -> bool:
        """One more try; whether nothing more is looked at from now on. Inside `with alone()`."""
        lock = db.session.get(LockOut, key.text) or _new(key, now)
        lock.failures, lock.last = lock.failures + 1, now
        wait = wait_after(lock.failures, self.tries, self.waits)
        if wait:
            lock.until = now + wait
        return bool(wait)

    def give_back(self, key: Key, closed: bool) -> None:
        """The try was right after all; `closed`: it was the one after which nothing more was looked at."""
        if (lock := db.session.get(LockOut, key.text)) and lock.failures:
            lock.failures -= 1
            lock.until = None if closed else lock.until

    def release(self, key: Key) -> None:
        """Forget the wrong tries."""
        if lock := db.session.get(LockOut, key.text):
            lock.failures, lock.until = 0, None


@dataclass(frozen=True, slots=True)
class Guess:
    """One try at a secret. `whose` is the key of what is guessed, if that is known, `source` of where from."""

    source: tuple[Key, RateLimit]
    whose: tuple[Key, RateLimit] | None = None

    def left(self, now: datetime) -> timedelta:
        """How long to wait until this is looked at."""
        return max(limit.left(key, now) for key, limit in self.locks)

    def take(self, now: datetime) -> "Try | None":
        """Count it as wrong, for now; None if it must not be looked at. Inside `with alone()`."""
        if self.left(now):
            return None
        return Try(self, tuple([key for key, limit in self.locks if limit.count(key, now)]))

    @property
    def locks(self) -> tuple[tuple[Key, RateLimit], ...]:
        return (self.source, self.whose) if self.whose else (self.source,)


@dataclass(frozen=True, slots=True)
class Try:
    """A guess that may be looked at; `closed` are the keys of which it was the last. Its methods go inside
    `with alone()`."""

    guess: Guess
    closed: tuple[Key, ...]

    def right(self) -> None:
        """Where it came from keeps its other tries: a secret of one's own does not buy guesses at others."""
        key, limit = self.guess.source
        limit.give_back(key, key in self.closed)
        if self.guess.whose:
            key, limit = self.guess.whose
            limit.release(key)

    def wrong(self, now: datetime) -> None:
        for key in self.closed:
            lock = db.session.get(LockOut, key.text)
            if lock and lock.until and key.whom != NOBODY:
                minutes = (lock.until - now) // timedelta(minutes=1)
                tell(key, now, tries=str(lock.failures), minutes=str(minutes))


def _new(key: Key, now: datetime) -> LockOut:
    _make_room(now)
    lock = LockOut(key=key.text, staff_id=key.staff, failures=0, until=None)
    db.session.add(lock)
    return lock


def _make_room(now: datetime) -> None:
    """What is forgotten goes; then, if strangers have filled the table, the older half of what is theirs."""
    db.session.execute(delete(LockOut).where(LockOut.last < now - FORGOTTEN))
    theirs = LockOut.staff_id.is_(None)
    if (db.session.scalar(select(func.count()).where(theirs)) or 0) >= MOST_ROWS:
        oldest = select(LockOut.key).where(theirs).order_by(LockOut.last).limit(MOST_ROWS // 2)
        free = or_(LockOut.until.is_(None), LockOut.until <= now)
        db.session.execute(delete(LockOut).where(LockOut.key.in_(oldest), free))


def tell(key: Key, now: datetime, **facts: str) -> None:
    """A line in the audit trail; the last that the hour has room for says so. Inside `with alone()`."""
    lately = select(func.count()).where(AuditLine.at > now - timedelta(hours=1), AuditLine.event == LOCK)
    lines = db.session.scalar(lately) or 0
    if lines < MOST_LINES:
        more = {"more": "not listed this hour"} if lines == MOST_LINES - 1 else {}
        audit.note(LOCK, f"guess:{key.text}", **facts, **more)
