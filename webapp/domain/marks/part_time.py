"""Part-time timetables: the lessons for which a student is not in school."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from webapp.domain.time.stretch import covers


class Away(NamedTuple):
    """A period of a weekday (1 is Monday) that is not the student's, from a day until a day or until further notice."""

    weekday: int
    period: str
    first: date
    last: date | None


def is_away(times: Iterable[Away], day: date, period: str) -> bool:
    """Whether a student is not expected in this period of this day."""
    return any(
        time.weekday == day.isoweekday() and time.period == period and covers(time.first, time.last, day)
        for time in times
    )
