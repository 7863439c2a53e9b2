"""What counts as done under a sign-in, whatever a tablet's clock says."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from webapp.domain.access.tenure import (
    BEFORE_SIGN_IN,
    CAME_TOO_LATE,
    COMES_WITHIN,
    SIGN_IN_ENDED,
    Span,
    time_within,
)
from webapp.domain.refusal import Refusal

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
T = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
FIRST = Span(T, T + 7 * DAY, T)
SECOND = Span(T + 30 * DAY, T + 37 * DAY, T + 30 * DAY)
BEHIND = Span(T, T + 7 * DAY, T - 3650 * DAY)


@pytest.mark.parametrize(
    ("spans", "at", "wall", "received", "expected"),
    [
        ([FIRST], T + DAY, T + DAY, T + DAY, T + DAY),
        ([FIRST], T - MINUTE, T - MINUTE, T + DAY, T),
        ([FIRST], T - 3 * MINUTE, T - 3 * MINUTE, T + DAY, BEFORE_SIGN_IN),
        ([FIRST], T - 3650 * DAY, T - 3650 * DAY, T + DAY, BEFORE_SIGN_IN),
        ([FIRST], T - DAY, None, T + DAY, BEFORE_SIGN_IN),
        ([Span(T, T + DAY)], T - DAY, T - DAY, T + DAY, BEFORE_SIGN_IN),
        ([FIRST], T + 7 * DAY, T + 7 * DAY, T + 21 * DAY, T + 7 * DAY),
        ([FIRST], T + DAY, T + DAY, T + 21 * DAY + MINUTE, CAME_TOO_LATE),
        ([FIRST], T + 7 * DAY + MINUTE, T, T + 8 * DAY, SIGN_IN_ENDED),
        # By the tablet's own clock it came after the sign-in: the clock was put right in between.
        ([BEHIND], T - 3650 * DAY + MINUTE, T - 3650 * DAY + MINUTE, T + DAY, T),
        ([BEHIND], T - 3651 * DAY, T - 3651 * DAY, T + DAY, BEFORE_SIGN_IN),
        ([BEHIND], T - 3650 * DAY + MINUTE, T - 3650 * DAY + MINUTE, T + 22 * DAY, CAME_TOO_LATE),
        # Signing in again takes nothing from the time before, and gives nothing for the time in between.
        ([FIRST, SECOND], T + DAY, T + DAY, T + 20 * DAY, T + DAY),
        ([FIRST, SECOND], T + 31 * DAY, T + 31 * DAY, T + 31 * DAY, T + 31 * DAY),
        ([FIRST, SECOND], T + 10 * DAY, T + 10 * DAY, T + 31 * DAY, BEFORE_SIGN_IN),
        ([FIRST, SECOND], T + DAY, T + DAY, T + 31 * DAY, CAME_TOO_LATE),
        ([FIRST, SECOND], T + 38 * DAY, T + 38 * DAY, T + 38 * DAY, SIGN_IN_ENDED),
    ],
)
def test_when_something_counts_as_done(
    spans: list[Span], at: datetime, wall: datetime | None, received: datetime, expected: datetime | Refusal
):
    assert time_within(spans, at, wall, received) == expected


def test_no_clock_moves_anything_out_of_a_sign_in_or_past_its_time():
    random = Random(20261128)
    for _ in range(2_000):
        spans = random.choice(([FIRST], [BEHIND], [FIRST, SECOND]))
        received = T + random.uniform(0, 80) * DAY
        at = min(received, T + random.uniform(-4000, 80) * DAY)
        wall = random.choice((None, T + random.uniform(-4000, 4000) * DAY))
        said = time_within(spans, at, wall, received)
        if isinstance(said, datetime):
            within = [span for span in spans if span.since <= said <= span.until]
            assert within
            assert received <= within[0].until + COMES_WITHIN


def test_a_clock_that_is_wrong_all_the_time_changes_nothing():
    for error in (-3650 * DAY, -DAY, 5 * MINUTE, 3650 * DAY):
        span = Span(T, T + 7 * DAY, T + error)
        assert time_within([span], T + DAY, T + DAY + error, T + 2 * DAY) == T + DAY
