"""When a tablet asks whether it is still in the hands it is held in."""

from datetime import datetime

import pytest

from webapp.domain.wire.school import LessonRow
from webapp.floor.both.parts.still import is_doubtful

DAY = "2026-03-03"
TIMES = {"1": ("09:00", "09:50"), "2": ("10:00", "10:50"), "3": ("11:10", "12:00"), "4": ("12:00", "12:50")}


def lesson(period: str, staff: str, group: str = "8B") -> LessonRow:
    starts, ends = (f"{DAY}T{time}:00.000Z" for time in TIMES[period])
    row: LessonRow = {
        "id": f"{group} {period}",
        "date": DAY,
        "period": period,
        "group": group,
        "subject": "Maths",
        "staff": staff,
        "staff_all": [staff] if staff else [],
        "covered": [],
        "guests": [],
        "room": None,
        "week": None,
        "starts": starts,
        "ends": ends,
    }
    return row


# Jo teaches 8B in the first, second and fourth lesson, Sam in the third; Sam teaches 9C whenever Jo teaches.
LESSONS = [lesson(period, "sam" if period == "3" else "jo") for period in TIMES]
LESSONS += [lesson(period, "sam", "9C") for period in ("1", "2", "4")]
VACANT = [lesson("3", "")]


def asks(sure: str, now: str, at: str = "", duty: str = "floor", day: str = DAY) -> bool:
    moment = datetime.fromisoformat(f"{DAY}T{now}:00+00:00")
    return is_doubtful(LESSONS, duty, "jo", f"{day}T{sure}:00.000Z" if sure else "", moment, at)


@pytest.mark.parametrize("now", ["09:00", "09:55", "10:50", "11:05", "11:30"])
def test_nothing_is_asked_within_a_run_of_lessons_and_the_breaks_between(now: str):
    assert not asks("08:40", now)


def test_after_a_lesson_of_somebody_else_it_is_asked_until_it_is_answered():
    assert asks("10:45", "12:00")
    assert asks("10:45", "12:30", "8B 4")
    assert not asks("12:01", "12:30", "8B 4")


def test_in_a_lesson_of_somebody_else_it_is_asked_where_that_is_looked_at():
    assert asks("10:45", "11:15", "8B 3")
    assert not asks("10:45", "11:15", "8B 2")
    assert not asks("11:12", "11:15", "8B 3")
    assert not asks("10:45", "11:05", "8B 3")


def test_a_lesson_that_nobody_takes_is_nobody_elses():
    assert not is_doubtful(
        VACANT, "floor", "jo", f"{DAY}T10:45:00.000Z", datetime.fromisoformat(f"{DAY}T12:30:00Z"), ""
    )


@pytest.mark.parametrize("duty", ["floor", "till", "reception"])
def test_after_a_night_it_is_asked_and_at_a_counter_only_then(duty: str):
    assert asks("15:00", "08:40", duty=duty, day="2026-03-02")
    assert asks("", "08:40", duty=duty)
    assert asks("10:45", "12:30", duty=duty) == (duty == "floor")
