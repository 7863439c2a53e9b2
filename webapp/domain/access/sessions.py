"""How long somebody who has signed in at a browser stays so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Standing(Enum):
    """What a session is still good for."""

    ENDED = "ended"
    FLOOR = "floor"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Limits:
    """`idle` without a request or `whole` after its beginning a session is over. The desk asks for the password again
    `desk_idle` after the last request and `desk_whole` after it was last shown."""

    idle: timedelta
    whole: timedelta
    desk_idle: timedelta
    desk_whole: timedelta


# Tablets go from hand to hand, so what was shown on one opens the desk for minutes only.
ON_A_TABLET = timedelta(minutes=10)


def stricter(one: Limits, other: Limits) -> Limits:
    """The shorter of each two times."""
    return Limits(
        min(one.idle, other.idle),
        min(one.whole, other.whole),
        min(one.desk_idle, other.desk_idle),
        min(one.desk_whole, other.desk_whole),
    )


def standing(began: datetime, seen: datetime, proved: datetime | None, now: datetime, limits: Limits) -> Standing:
    """What a session is good for that `began` and was last `seen` then; `proved` is when its person last showed the
    password, and the second factor if there is one."""
    if now - began >= limits.whole or now - seen >= limits.idle:
        return Standing.ENDED
    if proved is None or now - proved >= limits.desk_whole or now - seen >= limits.desk_idle:
        return Standing.FLOOR
    return Standing.DESK
