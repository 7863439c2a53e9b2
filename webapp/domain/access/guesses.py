"""What is locked when somebody guesses: a kind of secret, whose it is, and where the guesses come from."""

import json
from datetime import timedelta
from typing import Final, NamedTuple, Self

STAFF: Final = "staff"
NOBODY: Final = "nobody"
"""Whose secret it is: somebody's of the staff, or that of a name that nobody has."""

TABLET: Final = "tablet"
BROWSER: Final = "browser"
NETWORK: Final = "network"
"""Where from: a tablet, a browser that its person has used before, or any other within a network."""


class Place(NamedTuple):
    """Where a guess comes from: one of the kinds above, and its name there."""

    kind: str
    name: str


class Key(NamedTuple):
    """Names a lock-out. Each part stands by itself, so that nothing anybody types can be taken for another part;
    what is not part of it is empty."""

    kind: str
    whom: str = ""
    who: str = ""
    where: str = ""
    place: str = ""

    @classmethod
    def of(cls, text: str) -> Self | None:
        """What `text` says; None if that is no key of ours."""
        try:
            parts = json.loads(text)
        except ValueError:
            return None
        is_ours = isinstance(parts, list) and len(parts) == len(cls._fields) and all(isinstance(p, str) for p in parts)
        return cls(*parts) if is_ours else None

    @property
    def staff(self) -> str | None:
        """Whose secret it is, if it is somebody's of the staff."""
        return self.who if self.whom == STAFF else None

    @property
    def text(self) -> str:
        """As it is kept: different for every key."""
        return json.dumps(self, separators=(",", ":"))


def wait_after(failures: int, tries: int, waits: tuple[timedelta, ...]) -> timedelta:
    """How long nothing more is looked at after so many wrong tries; nothing until `tries` more are used up.

    The first waits are short: a handful of tries by a pupil keeps nobody out for long. Whoever goes on waits longer.
    """
    times, rest = divmod(failures, tries)
    return waits[min(times, len(waits)) - 1] if times and not rest else timedelta(0)
