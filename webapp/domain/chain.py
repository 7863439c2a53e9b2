"""A chain of hashes: each line carries the hash of the one before, so none can be changed, lost or slipped in without
breaking what follows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

START = ""
"""What the first line follows."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line as it is chained: its number, the texts it says, the hash it follows and its own."""

    sequence: int
    texts: tuple[str, ...]
    previous: str
    hash: str


def hash_of(sequence: int, texts: tuple[str, ...], previous: str) -> str:
    """SHA-256, in hexadecimal, over the line and the hash of the one before."""
    return sha256(json.dumps([sequence, *texts, previous]).encode()).hexdigest()


def first_broken(links: Iterable[Link], upto: int = 0, previous: str = START) -> int | None:
    """The number of the first line that does not follow from the one before; None if all do.

    `upto` and `previous` are number and hash of the line that the chain goes on from.
    """
    for link in links:
        upto += 1
        follows = (link.sequence, link.previous) == (upto, previous)
        if not follows or link.hash != hash_of(link.sequence, link.texts, link.previous):
            return upto
        previous = link.hash
    return None
