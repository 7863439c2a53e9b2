"""A week of the timetable, and who would be in two places at once."""

from collections.abc import Iterable
from typing import NamedTuple


class Taught(NamedTuple):
    """What a group does in a period of a weekday (1 is Monday), and with whom."""

    weekday: int
    period: str
    group: str
    subject: str
    staff: str


Hour = tuple[int, str, str]
"""A weekday and a period of a member of staff."""


def at_once(week: Iterable[Taught]) -> dict[Hour, list[Taught]]:
    """The hours in which somebody has several groups, with what each of them does.

    Nothing refuses this: a class may be taught by two, or two classes by one.
    """
    hours: dict[Hour, list[Taught]] = {}
    for taught in week:
        hours.setdefault((taught.weekday, taught.period, taught.staff), []).append(taught)
    return {hour: lessons for hour, lessons in hours.items() if len(lessons) > 1}
