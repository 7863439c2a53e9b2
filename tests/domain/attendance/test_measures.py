from fractions import Fraction

import pytest

from webapp.domain.attendance.measures import (
    BETTER,
    EARNED,
    FULL,
    HALF_TERM,
    MISSED,
    OPEN,
    WEEK,
    Measure,
    Register,
    judge,
)
from webapp.domain.attendance.tally import Tally

FULL_WEEK = Measure(FULL, WEEK)
MORE = Measure(BETTER, HALF_TERM, Fraction(1, 2))


def register(present: int, possible: int, sessions: int = 10, unmarked: int = 0) -> Register:
    return Register(Tally(possible=possible, present=present), sessions, unmarked)


@pytest.mark.parametrize(
    ("measure", "now", "before", "outcome"),
    [
        (FULL_WEEK, register(10, 10), register(0, 10), EARNED),
        (FULL_WEEK, register(6, 6), register(0, 0), EARNED),  # the others were not possible
        (FULL_WEEK, register(9, 10), register(10, 10), MISSED),
        (FULL_WEEK, register(9, 9, unmarked=1), register(0, 0), OPEN),
        (FULL_WEEK, register(0, 0), register(0, 0), MISSED),
        (MORE, register(8, 10), register(7, 10), EARNED),
        (MORE, register(8, 10), register(8, 10), MISSED),
        (MORE, register(8, 8, unmarked=2), register(7, 10), OPEN),
        (MORE, register(4, 4), register(1, 10), MISSED),  # too few were possible now
        (MORE, register(10, 10), register(1, 4), MISSED),  # and before
        (MORE, register(5, 5), register(1, 5), EARNED),
        (MORE, register(8, 10), register(0, 0, sessions=0), MISSED),
    ],
)
def test_what_attendance_comes_to(measure: Measure, now: Register, before: Register, outcome: str):
    assert judge(measure, now, before) == outcome
