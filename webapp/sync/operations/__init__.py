"""Every kind of operation, by the noun that answers for it.

A noun is a module with `KINDS` and `apply(entries, revs)`: it judges the entries in order (setting `refusal`
where a rule says no), and writes what follows from the others. Its `rebuild(revs)` makes that again from the log
and returns how many rows were wrong.
"""

from collections.abc import Sequence
from typing import Protocol, cast

from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations import (
    apart,
    attention,
    board,
    card,
    lesson,
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


class Handler(Protocol):
    KINDS: tuple[str, ...]

    def apply(self, entries: Sequence[Entry], revs: RevCounter) -> None: ...

    def rebuild(self, revs: RevCounter) -> int: ...


ALL: tuple[Handler, ...] = (
    cast(Handler, score),
    cast(Handler, lesson),
    cast(Handler, reward),
    cast(Handler, attention),
    cast(Handler, space),
    cast(Handler, plan),
    cast(Handler, apart),
    cast(Handler, restraint),  # completes what a stay opened, so it comes after
    cast(Handler, tuck),
    cast(Handler, till),
    cast(Handler, card),
    cast(Handler, room),
    cast(Handler, options),
    cast(Handler, trip),
    cast(Handler, board),
    cast(Handler, pathway),
)
HANDLERS: dict[str, Handler] = {kind: handler for handler in ALL for kind in handler.KINDS}
