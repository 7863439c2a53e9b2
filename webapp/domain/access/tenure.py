"""From when until when somebody may record on a tablet, and what that says of an entry.

A tablet says by itself when something was done, and a thief of one could choose. So what somebody is said to have done
counts only within a sign-in of theirs on that tablet, and only if it comes soon enough afterwards.

A clock that was put right between sign-in and push moves our estimate of all that was recorded before. What came
after the sign-in by the tablet's own clock then counts as done when the sign-in began, the earliest it can have been:
whoever bends the clocks so wins nothing by it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import SLACK

COMES_WITHIN: Final = timedelta(days=14)
"""How long after a sign-in ended what was recorded during it still counts at once."""

SIGN_IN_LIFE: Final = timedelta(days=7)
REACHES_BACK: Final = SIGN_IN_LIFE + COMES_WITHIN
"""No day of which an entry speaks lies further back: nobody was signed in so long ago for what still counts."""

SIGN_IN_ENDED: Final = Refusal("sign-in-ended", "The sign-in on this tablet had ended. Sign in again and repeat it.")
BEFORE_SIGN_IN: Final = Refusal(
    "before-sign-in", "It seems to have been recorded before its author signed in on this tablet. The office decides."
)
CAME_TOO_LATE: Final = Refusal(
    "came-too-late", "It came more than 14 days after the sign-in it was recorded under had ended. The office decides."
)
ASIDE: Final = (BEFORE_SIGN_IN, CAME_TOO_LATE)
"""What is put aside for somebody to look at, instead of being refused."""


class Span(NamedTuple):
    """One sign-in; `wall` is what the tablet's own clock said at `since`, None if nobody knows."""

    since: datetime
    until: datetime
    wall: datetime | None = None


def time_within(spans: Sequence[Span], at: datetime, wall: datetime | None, received: datetime) -> datetime | Refusal:
    """When something counts as done that seems to have happened `at`, by the tablet's own clock at `wall`, and that
    came to be `received`; or why it does not count. `spans` are its author's sign-ins there, oldest first, at least
    one; all moments carry a time zone."""
    if at > spans[-1].until:
        return SIGN_IN_ENDED
    span = _span_of(spans, at, wall)
    if span is None:
        return BEFORE_SIGN_IN
    return CAME_TOO_LATE if received > span.until + COMES_WITHIN else max(at, span.since)


def _span_of(spans: Sequence[Span], at: datetime, wall: datetime | None) -> Span | None:
    """The sign-in during which it happened; else the latest one that it followed by the tablet's own clock."""
    for span in reversed(spans):
        if span.since - SLACK <= at <= span.until:
            return span
    for span in reversed(spans):
        if at < span.since and wall and span.wall and wall - span.wall >= -SLACK:
            return span
    return None


def is_long_ago(day: date, recorded: date) -> bool:
    """Whether a day, whose allowance or level is to count, lies further back than what was recorded then can tell."""
    return recorded - day > REACHES_BACK
