"""What most schools do, to begin with: somebody puts in their own school's days and times."""

from datetime import date, timedelta
from typing import Final

from webapp.domain.time.calendar import Span

BELLS: Final = (
    ("1", "09:00", "09:50", "lesson"),
    ("2", "09:50", "10:40", "lesson"),
    ("Break", "10:40", "11:00", "break"),
    ("3", "11:00", "11:50", "lesson"),
    ("4", "11:50", "12:40", "lesson"),
    ("Lunch", "12:40", "13:20", "lunch"),
    ("5", "13:20", "14:10", "lesson"),
)
"""Name, start, end and kind of the periods of a day."""

MONDAY, FRIDAY = 1, 5
WEEK = timedelta(weeks=1)


def school_year(today: date) -> Span:
    """The school year of a day; from July on the next one, which is the one to prepare."""
    first = today.year if today.month >= 7 else today.year - 1
    start = _on_or_after(date(first, 9, 1), MONDAY) if date(first, 9, 1).isoweekday() > FRIDAY else date(first, 9, 1)
    return Span(f"{first}/{(first + 1) % 100:02}", start, _on_or_before(date(first + 1, 7, 22), FRIDAY))


def half_terms(year: Span) -> tuple[Span, ...]:
    """Six half terms of a school year, between the holidays that most schools in England have."""
    winter, summer = year.start.year, year.end.year
    easter = easter_sunday(summer)
    autumn_break = _on_or_before(date(winter, 10, 31), MONDAY)
    christmas = _on_or_before(date(winter, 12, 21), FRIDAY)
    spring = _on_or_after(date(summer, 1, 4), MONDAY)
    february_break = _on_or_after(date(summer, 2, 12), MONDAY)
    # Two weeks around Easter, or from Good Friday on where that comes early.
    early = easter.month == 3
    easter_break = easter + timedelta(days=1 if early else -6)
    spring_end = easter_break - timedelta(days=4 if early else 3)
    may_break = _on_or_before(date(summer, 5, 31), MONDAY)
    return (
        _until("Autumn 1", year.start, autumn_break),
        Span("Autumn 2", autumn_break + WEEK, christmas),
        _until("Spring 1", spring, february_break),
        Span("Spring 2", february_break + WEEK, spring_end),
        _until("Summer 1", easter_break + 2 * WEEK, may_break),
        Span("Summer 2", may_break + WEEK, year.end),
    )


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian rule, as Meeus, Jones and Butcher put it."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _until(name: str, start: date, holiday: date) -> Span:
    """A half term that ends on the Friday before the Monday on which a holiday begins."""
    return Span(name, start, holiday - timedelta(days=3))


def _on_or_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.isoweekday() - weekday) % 7)


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)
