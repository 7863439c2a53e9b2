"""A week of the timetable, and who would be in two places at once."""

from collections.abc import Iterable
from typing import NamedTuple

from webapp.domain.time.weeks import LETTERS


class Taught(NamedTuple):
    """What a group does in a period of a weekday (1 is Monday), in weeks A, B or in all, and with whom, in order."""

    weekday: int
    period: str
    group: str
    subject: str
    staff: tuple[str, ...]
    week: str | None = None
    room: str | None = None


Hour = tuple[str, int, str, str]
"""A week, a weekday and a period of a member of staff."""


def at_once(week: Iterable[Taught]) -> dict[Hour, list[Taught]]:
    """The hours in which somebody has several groups, with what each of them does.

    Nothing refuses this: two classes may be taught by one.
    """
    hours: dict[Hour, list[Taught]] = {}
    for taught in week:
        for letter in weeks_of(taught):
            for person in taught.staff:
                hours.setdefault((letter, taught.weekday, taught.period, person), []).append(taught)
    return {hour: lessons for hour, lessons in hours.items() if len(lessons) > 1}


def weeks_of(taught: Taught) -> tuple[str, ...]:
    """The weeks in which it is."""
    return LETTERS if taught.week is None else (taught.week,)
