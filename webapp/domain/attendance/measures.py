"""What attendance is worth an award, measured as a policy pack says."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from webapp.domain.attendance.tally import Tally

FULL, BETTER = "full", "better"
MEASURES: Final = (FULL, BETTER)

WEEK, HALF_TERM = "week", "half-term"
STRETCHES: Final = (WEEK, HALF_TERM)

EARNED, OPEN, MISSED = "earned", "open", "missed"
"""What comes of it; it is open while sessions are not in the register and all others are as they have to be."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`over` a week or a half term, `full`: no possible session was missed, with leave or without; or `better`: the
    share attended is above that of the one before, and in both at least `least` of all sessions were possible."""

    what: str
    over: str
    least: Fraction = Fraction(0)


class Register(NamedTuple):
    """A student's sessions of some days: what is counted of them, how many there were, and how many are not marked."""

    counts: Tally
    sessions: int
    unmarked: int


def judge(measure: Measure, now: Register, before: Register) -> str:
    """What a week or half term, and the one `before` it, come to."""
    if not (now.counts.is_full if measure.what == FULL else _is_better(measure, now, before)):
        return MISSED
    return OPEN if now.unmarked else EARNED


def _is_better(measure: Measure, now: Register, before: Register) -> bool:
    shares = now.counts.share, before.counts.share
    if shares[0] is None or shares[1] is None or shares[0] <= shares[1]:
        return False
    return all(one.counts.possible >= measure.least * one.sessions for one in (now, before))
