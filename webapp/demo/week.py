"""The demo school's days: its calendar around today, its bells and its timetable."""

from collections.abc import Iterator
from datetime import date, timedelta

from webapp.demo.people import GROUPS, STAFF, SUBJECTS
from webapp.domain.time.defaults import BELLS

WEEKS_BEFORE, WEEKS_AFTER = 26, 13
# Weeks of the year, from 0. The holidays keep clear of this week, the two before it and the three after it.
HOLIDAYS = range(2, WEEKS_BEFORE + WEEKS_AFTER, 7)
CLOSURES = {(11, 4): "Staff training", (19, 2): "Boiler failure"}  # week and weekday, from 0

LESSONS = tuple(name for name, _, _, kind in BELLS if kind == "lesson")

CalendarLine = tuple[str, str, date, date]


def calendar_lines(today: date) -> Iterator[CalendarLine]:
    """Kind, name, start and end of everything in the calendar."""
    first = today - timedelta(days=today.weekday(), weeks=WEEKS_BEFORE)
    weeks = WEEKS_BEFORE + WEEKS_AFTER + 1
    yield "year", f"School year from {first:%d/%m/%Y}", first, _friday(first, weeks - 1)
    starts, ends = [0, *(week + 1 for week in HOLIDAYS)], [*HOLIDAYS, weeks]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        yield "half-term", f"Half term {number}", first + timedelta(weeks=start), _friday(first, end - 1)
    for (week, weekday), name in CLOSURES.items():
        day = first + timedelta(weeks=week, days=weekday)
        yield "closure", name, day, day


def _friday(first: date, week: int) -> date:
    return first + timedelta(weeks=week, days=4)


def timetable_lines() -> Iterator[tuple[str, str, str, str, str]]:
    """Day, period, group, subject and username. The subjects rotate, so that nobody is in two rooms at once."""
    for day in range(1, 6):
        for place, period in enumerate(LESSONS):
            for room, group in enumerate(GROUPS):
                turn = (room + 3 * (place + len(LESSONS) * (day - 1))) % len(SUBJECTS)
                yield str(day), period, group, SUBJECTS[turn], STAFF[turn][0]
