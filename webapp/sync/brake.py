"""The brake on guessing what is secret: after some wrong tries nothing more is looked at for a while.

A try counts under several keys, each a kind of secret and who is guessed or who guesses ("password:j.reid",
"password:from 203.0.113.9"). Every lock-out is a line of the audit trail.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from webapp import audit
from webapp.models import LockOut, db

NO_TIME = timedelta(0)
FORGOTTEN = timedelta(days=1)
"""Wrong tries that lie further back than this count no more."""


@dataclass(frozen=True, slots=True)
class Brake:
    """So many wrong `tries` are free, then comes the wait, and so on. Its methods go inside `with writing()`."""

    tries: int
    wait: timedelta

    def left(self, key: str, now: datetime) -> timedelta:
        """How long whoever has this key must wait, if at all."""
        lock = db.session.get(LockOut, key)
        return max(lock.until - now, NO_TIME) if lock and lock.until else NO_TIME

    def count(self, key: str, now: datetime) -> None:
        """One more wrong try."""
        db.session.execute(delete(LockOut).where(LockOut.last < now - FORGOTTEN))
        lock = db.session.get(LockOut, key)
        if lock is None:
            lock = LockOut(key=key, failures=0, until=None)
            db.session.add(lock)
        lock.failures, lock.last = lock.failures + 1, now
        if lock.failures % self.tries == 0:
            lock.until = now + self.wait
            audit.note("guesses.lock", key, tries=str(lock.failures), minutes=str(self.wait // timedelta(minutes=1)))

    def release(self, key: str) -> None:
        """Forget the wrong tries."""
        if lock := db.session.get(LockOut, key):
            lock.failures, lock.until = 0, None


@dataclass(frozen=True, slots=True)
class Guess:
    """One try at a secret. `whose` is the key of what is guessed, if that is known, `source` of where from."""

    source: tuple[str, Brake]
    whose: tuple[str, Brake] | None = None

    def left(self, now: datetime) -> timedelta:
        """How long to wait until this is looked at."""
        return max(brake.left(key, now) for key, brake in self._locks())

    def count(self, now: datetime) -> None:
        """It was wrong."""
        for key, brake in self._locks():
            brake.count(key, now)

    def release(self) -> None:
        """It was right. Where it came from keeps its count: a secret of one's own does not buy guesses at others."""
        if self.whose:
            key, brake = self.whose
            brake.release(key)

    def _locks(self) -> tuple[tuple[str, Brake], ...]:
        return (self.source, self.whose) if self.whose else (self.source,)
