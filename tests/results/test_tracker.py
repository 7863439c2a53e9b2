"""How stays are counted, on rows made up for it."""

from datetime import datetime, timedelta
from typing import Any

from webapp.domain.text.words import LONDON
from webapp.results.tracker import (
    Label,
    Searches,
    Visit,
    counted,
    hour_of,
    searches,
    weekday_of,
)

ZOE = Label("okafor zoe", "1", "Zoë Okafor, 8B")
CAI = Label("price cai", "3", "Cai Price, 9H")


def visit(**other: Any) -> Visit:
    """Zoë in Hazel with Ada for twenty minutes."""
    entered = other.pop("entered", datetime(2026, 3, 3, 10, 5, tzinfo=LONDON))
    values: dict[str, Any] = {
        "student": ZOE,
        "name": "Zoë Okafor",
        "group": "8B",
        "space": Label("hazel", "hazel", "Hazel"),
        "staff": Label("adeyemi ada", "a.adeyemi", "Ada Adeyemi"),
        "reason": Label("upset", "upset", "Upset"),
        "entered": entered,
        "left": entered + timedelta(minutes=20),
        "search": None,
        "free_to_leave": True,
        "helped": (),
        "note": "",
        "clash": False,
    }
    return Visit(**values | other)


def minutes(*times: float) -> list[Visit]:
    """Stays that took so long to begin."""
    return [visit(search=timedelta(minutes=time)) for time in times]


def test_names_come_in_their_order_however_often_they_count():
    visits = [visit(student=CAI), visit(student=CAI), visit()]
    assert counted(visits, lambda one: one.student) == [("Zoë Okafor, 8B", 1), ("Cai Price, 9H", 2)]


def test_namesakes_are_counted_apart():
    visits = [visit(student=Label("khan ali", key, "Ali Khan, 9H")) for key in ("4", "5", "5")]
    assert counted(visits, lambda one: one.student) == [("Ali Khan, 9H", 1), ("Ali Khan, 9H", 2)]


def test_hours_and_weekdays_come_in_the_order_of_the_clock_and_the_week():
    moments = [(6, 9), (2, 13), (3, 9), (4, 10)]
    visits = [visit(entered=datetime(2026, 3, day, hour, 59, tzinfo=LONDON)) for day, hour in moments]
    assert counted(visits, hour_of) == [("09:00 to 09:59", 2), ("10:00 to 10:59", 1), ("13:00 to 13:59", 1)]
    assert [name for name, _ in counted(visits, weekday_of)] == ["Monday", "Tuesday", "Wednesday", "Friday"]


def test_the_median_lies_in_the_middle_and_the_longest_at_the_end():
    assert searches(minutes(9, 1, 4)) == Searches(3, timedelta(minutes=4), timedelta(minutes=9))
    assert searches(minutes(1, 2)) == Searches(2, timedelta(seconds=90), timedelta(minutes=2))


def test_who_came_without_asking_does_not_shorten_the_search():
    assert searches([visit(), *minutes(6)]) == Searches(1, timedelta(minutes=6), timedelta(minutes=6))
    assert searches([visit()]) is None
