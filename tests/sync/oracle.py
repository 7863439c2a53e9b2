"""What a school should hold after a history: worked out the long way round, sharing no code with the product.

Everybody is compared with everybody, means are fractions and weeks are walked day by day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

YEAR = (date(2025, 9, 1), date(2026, 7, 21))
HALF_TERM_HOLIDAY = (date(2026, 2, 14), date(2026, 2, 22))
CLOSED_WEEK = (date(2026, 3, 9), date(2026, 3, 13))
THRESHOLDS = [("heroic", Fraction("4.6")), ("creative", Fraction("4.0"))]
RANKS: list[str | None] = ["none", "creative", "heroic"]


@dataclass(frozen=True)
class Marked:
    """One accepted mark. `seq` is its place in the log, `at` when it happened by the server's clock."""

    op: str
    seq: int
    device: str
    n: int
    by: str
    mark: Any
    at: datetime
    base: int
    replaces: str | None

    def knew(self, other: "Marked") -> bool:
        """Whether this one was made by somebody who had the other one before their eyes."""
        if self.replaces == other.op and self.op != other.op:
            return True
        if self.device == other.device:
            return self.n > other.n
        return self.seq > other.seq and self.base >= other.seq


def winner(marked: Sequence[Marked]) -> Marked:
    unanswered = [one for one in marked if not any(other.knew(one) for other in marked)]
    if not unanswered:  # a ring of false claims
        return max(marked, key=lambda one: one.seq)
    return max(unanswered, key=lambda one: (one.at, one.device, one.n))


def happened(wall: datetime, device_now: datetime, server_now: datetime) -> datetime:
    return min(wall - (device_now - server_now), server_now)


@dataclass(frozen=True)
class Limit:
    """A cap: from a day, until a day or until lifted."""

    cap: str
    start: date
    until: date | None
    lifted: date | None


@cache
def school_weeks() -> list[str]:
    weeks: list[str] = []
    day, last = YEAR
    while day <= last:
        if day.weekday() < 5 and not within(day, HALF_TERM_HOLIDAY) and not within(day, CLOSED_WEEK):
            name = week(day)
            weeks += [] if name in weeks else [name]
        day += timedelta(days=1)
    return weeks


def local_date(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def window(now: datetime) -> tuple[date, date]:
    """First and last day that tablets hold."""
    today = local_date(now)
    return today - timedelta(days=14), today + timedelta(days=14)


def weeks_around(now: datetime) -> tuple[date, date]:
    """A day of the first and one of the last week whose levels tablets hold."""
    today = local_date(now)
    return today - timedelta(days=7), today + timedelta(days=7)


def week(day: date) -> str:
    return day.strftime("%G-W%V")


def level(name: str, marks: dict[str, list[Any]], limits: Iterable[Limit]) -> dict[str, Any] | None:
    """The level of a school week from one student's marks by week; None where no lesson of the weeks was marked.

    `marks` has the weeks with a mark, even one taken back.
    """
    earlier = [other for other in school_weeks() if other < name][-2:]
    if not any(other in marks for other in earlier):
        return None
    counted = {other: [mark for mark in marks.get(other, []) if type(mark) is int] for other in earlier}
    deciding = next((other for other in reversed(earlier) if counted[other]), None)
    numbers = counted[deciding] if deciding else []
    earned = next((key for key, least in THRESHOLDS if numbers and Fraction(sum(numbers), len(numbers)) >= least), None)
    cap = min((limit.cap for limit in limits if _binds(limit, name)), key=RANKS.index, default=None)
    shown = min(earned or "none", cap or "heroic", key=RANKS.index)
    return {
        "level": None if shown == "none" else shown,
        "earned": earned,
        "cap": cap,
        "mean": [sum(numbers), len(numbers)],
        "from_week": deciding,
    }


def _binds(limit: Limit, name: str) -> bool:
    """In force on some day of the week, and not lifted by its end."""
    days = [date.fromisocalendar(int(name[:4]), int(name[6:]), weekday) for weekday in range(1, 8)]
    return any(limit.start <= day and (limit.until is None or day <= limit.until) for day in days) and not (
        limit.lifted and limit.lifted <= days[-1]
    )


def within(day: date, span: tuple[date, date]) -> bool:
    return span[0] <= day <= span[1]
