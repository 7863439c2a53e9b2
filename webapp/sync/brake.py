"""The brake on guessing what is secret: after some wrong tries nothing more is looked at for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.models import LockOut, db

NO_TIME = timedelta(0)


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
        lock = db.session.get(LockOut, key)
        if lock is None:
            lock = LockOut(key=key, failures=0, until=None)
            db.session.add(lock)
        lock.failures += 1
        if lock.failures % self.tries == 0:
            lock.until = now + self.wait

    def release(self, key: str) -> None:
        """Forget the wrong tries."""
        if lock := db.session.get(LockOut, key):
            lock.failures, lock.until = 0, None
