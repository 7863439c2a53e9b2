"""Passwords, kept as Argon2id hashes.

A hash costs 19 MiB and a good part of a core for some hundredths of a second. So few are worked out at once, few wait
for it, and nothing of the database is held meanwhile: whoever guesses from a thousand addresses slows no tap.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from werkzeug.exceptions import ServiceUnavailable

from webapp.models.lock import let_go

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
MOST_WAITING: Final = 6
"""So many may be in a queue, whoever hashes included. Each holds a thread of the server."""


class Crowded(ServiceUnavailable):
    """Enough people wait for a hash; nothing was looked at."""

    description = "Many people are signing in just now."


class Queue:
    """Takes a few at once and lets one after the other in; the rest are turned away at once."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self._seats, self._turn = threading.BoundedSemaphore(most), threading.Lock()

    @contextmanager
    def seat(self) -> Iterator[None]:
        """Crowded if there is none."""
        if not self._seats.acquire(blocking=False):
            raise Crowded
        try:
            yield
        finally:
            self._seats.release()

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._turn:
            yield


KNOWN: Final = Queue()
"""For tablets, browsers that people use, and whoever is signed in: strangers who guess do not stand in their way."""

STRANGERS: Final = Queue()


def hash_password(password: str) -> str:
    """The hash to store; it carries its own salt and costs."""
    let_go()
    with KNOWN.seat(), KNOWN.turn():
        return HASHER.hash(_bytes(password))


def check_password(stored: str | None, password: str, queue: Queue = KNOWN) -> bool:
    """Whether the password is the one stored. A person without one takes as long to refuse as a wrong guess."""
    let_go()
    with queue.turn():
        try:
            known = HASHER.verify(_nobodys_hash() if stored is None else stored, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return known and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether a hash was made at other costs than today's."""
    return HASHER.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    """Half a surrogate pair, which JSON can hold, is a wrong guess like any other."""
    return password.encode(errors="surrogatepass")


@cache
def _nobodys_hash() -> str:
    return HASHER.hash(b"")
