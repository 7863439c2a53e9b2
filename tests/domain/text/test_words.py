from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.text import words

TUESDAY = date(2026, 3, 3)


def test_a_day_is_said_short_and_long():
    assert words.day_words(TUESDAY) == "Tue 3 March"
    assert words.day_words_long(TUESDAY) == "Tuesday 3 March"


@given(st.dates(date(1900, 1, 1)))
def test_day_words_agree_with_the_calendar(day):
    assert words.day_words_long(day) == f"{day:%A} {day.day} {day:%B}"
    assert words.day_words(day) == f"{day:%a} {day.day} {day:%B}"


def test_a_lesson_is_a_day_and_a_period():
    assert words.lesson_words(TUESDAY, 2) == words.lesson_words(TUESDAY, "2") == "Tue 3 March, period 2"


def test_a_week_is_named_by_its_monday():
    assert words.week_words("2026-W11") == "week of 9 March"


@pytest.mark.parametrize(
    ("moment", "clock"),
    [
        (datetime(2026, 3, 3, 10, 5, tzinfo=UTC), "10:05"),
        (datetime(2026, 7, 3, 10, 5, tzinfo=UTC), "11:05"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "00:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "02:00"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "01:00"),
        (datetime(2026, 7, 3, 23, 30), "00:30"),
    ],
)
def test_the_clock_is_the_one_on_the_school_wall(moment, clock):
    assert words.clock_words(moment) == clock


@pytest.mark.parametrize(
    ("seconds", "age"),
    [
        *(
            (-5, "just now"),
            (0, "just now"),
            (59, "just now"),
            (60, "1 min"),
            (299, "4 min"),
            (3599, "59 min"),
        ),
        *((3600, "1 h"), (7200, "2 h"), (86_399, "23 h"), (86_400, "1 day"), (259_200, "3 days")),
    ],
)
def test_an_age_is_said_in_its_largest_unit(seconds, age):
    assert words.age_words(seconds) == age


@pytest.mark.parametrize(("count", "said"), [(0, "0 lessons"), (1, "1 lesson"), (2, "2 lessons")])
def test_a_count_agrees_with_its_noun(count, said):
    assert words.count_words(count, "lesson", "lessons") == said
