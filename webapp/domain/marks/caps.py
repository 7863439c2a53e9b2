"""Rewards that staff have limited for a while (D5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from webapp.domain.marks.levels import LevelScale


@dataclass(frozen=True, slots=True)
class Cap:
    """No higher level than `cap` (a level, or "none") from `start` until a day, or until it is lifted."""

    cap: str
    start: date
    until: date | None
    lifted: date | None


def in_force(caps: Iterable[Cap], first: date, last: date, scale: LevelScale) -> str | None:
    """The strictest cap in force on any day from first to last, or None.

    A lift frees the whole period in which it falls, so a student is not held back by a cap just forgiven.
    """
    binding = (cap.cap for cap in caps if _binds(cap, first, last))
    return min(binding, key=scale.rank, default=None)


def _binds(cap: Cap, first: date, last: date) -> bool:
    begun = cap.start <= last
    ended = cap.until is not None and cap.until < first
    forgiven = cap.lifted is not None and cap.lifted <= last
    return begun and not ended and not forgiven
