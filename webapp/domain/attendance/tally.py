"""A student's sessions of some days, counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from webapp.domain.attendance.codes import AUTHORISED, LATE, NOT_COUNTED, PRESENT, UNAUTHORISED, code_on

MORNING: Final = "am"
AFTERNOON: Final = "pm"
SESSIONS: Final = {MORNING: "morning", AFTERNOON: "afternoon"}


class Session(NamedTuple):
    """The mark of one session, and how many minutes late, where known."""

    day: date
    code: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sessions: possible, present, absent with and without leave, late; and the minutes late together."""

    possible: int = 0
    present: int = 0
    authorised: int = 0
    unauthorised: int = 0
    lates: int = 0
    minutes: int = 0

    @property
    def share(self) -> Fraction | None:
        """Of the possible sessions those present; None if none was possible."""
        return Fraction(self.present, self.possible) if self.possible else None

    @property
    def is_full(self) -> bool:
        """Whether no possible session was missed, with leave or without."""
        return 0 < self.possible == self.present


def tally(sessions: Iterable[Session]) -> Tally:
    """Count sessions. A code that does not hold on its day is not counted."""
    counts = dict.fromkeys((PRESENT, AUTHORISED, UNAUTHORISED, NOT_COUNTED), 0)
    lates = minutes = 0
    for session in sessions:
        code = code_on(session.code, session.day)
        counts[code.counts if code else NOT_COUNTED] += 1
        if session.code in LATE:
            lates += 1
            minutes += session.minutes or 0
    present, authorised, unauthorised = counts[PRESENT], counts[AUTHORISED], counts[UNAUTHORISED]
    return Tally(present + authorised + unauthorised, present, authorised, unauthorised, lates, minutes)


def share_words(share: Fraction | None) -> str:
    """A share in per cent, rounded down, so that only who was always there has 100%: "96.4%"."""
    if share is None:
        return ""
    tenths = share * 1000 // 1
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
