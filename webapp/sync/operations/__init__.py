"""Every kind of operation, by the noun that answers for it.

A noun is a module with `KINDS` and `apply(entries, numbers)`: it judges the entries in order (setting `refusal`
where a rule says no), and writes what follows from the others. Its `rebuild(numbers)` makes that again from the log
and returns how many rows were wrong.
"""

from collections.abc import Sequence
from typing import Protocol, cast

from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import Sequence as Numbers
from webapp.sync.operations import (
    apart,
    attention,
    board,
    card,
    options,
    pathway,
    plan,
    restraint,
    reward,
    room,
    score,
    space,
    till,
    trip,
    tuck,
)


class Noun(Protocol):
    KINDS: tuple[str, ...]

    def apply(self, entries: Sequence[Entry], numbers: Numbers) -> None: ...

    def rebuild(self, numbers: Numbers) -> int: ...


ALL: tuple[Noun, ...] = (
    cast(Noun, score),
    cast(Noun, reward),
    cast(Noun, attention),
    cast(Noun, space),
    cast(Noun, plan),
    cast(Noun, apart),
    cast(Noun, restraint),  # completes what a stay opened, so it comes after
    cast(Noun, tuck),
    cast(Noun, till),
    cast(Noun, card),
    cast(Noun, room),
    cast(Noun, options),
    cast(Noun, trip),
    cast(Noun, board),
    cast(Noun, pathway),
)
NOUNS: dict[str, Noun] = {kind: noun for noun in ALL for kind in noun.KINDS}
