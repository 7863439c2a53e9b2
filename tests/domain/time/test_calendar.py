from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.time.calendar import (
    Calendar,
    Span,
    is_week,
    monday_of,
    parse_day,
    sunday_of,
    week_of,
)

FIRST = date(2025, 8, 25)
DAYS = st.dates(FIRST, date(2026, 9, 6))


def spans(longest, most):
    return st.lists(
        st.builds(
            lambda start, length: Span("span", start, start + timedelta(days=length)),
            DAYS,
            st.integers(0, longest),
        ),
        max_size=most,
    ).map(tuple)


@st.composite
def calendars(draw):
    return Calendar(years=draw(spans(330, 2)), half_terms=draw(spans(60, 6)), closures=draw(spans(10, 4)))


def school_calendar(**changes):
    parts = {
        "years": (Span("2025-26", date(2025, 9, 1), date(2026, 7, 17)),),
        "half_terms": (
            Span("Autumn 1", date(2025, 9, 1), date(2025, 10, 24)),
            Span("Autumn 2", date(2025, 11, 3), date(2025, 12, 19)),
            Span("Spring 1", date(2026, 1, 5), date(2026, 2, 13)),
            Span("Spring 2", date(2026, 2, 23), date(2026, 3, 27)),
        ),
        "closures": (Span("Snow", date(2026, 1, 8), date(2026, 1, 9)),),
    }
    return Calendar(**(parts | changes))


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day):
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "2026-02-30", "2026-3-3", "20260303", "2026-W10-2", "2026-03-03\n", None, 3, []],
)
def test_what_names_no_day_is_none(text):
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 3, 9), "2026-W11"),
        (date(2026, 3, 15), "2026-W11"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_day_belongs_to_its_iso_week(day, week):
    assert week_of(day) == week


@given(st.dates(date(1, 1, 1), date(9999, 12, 26)))
def test_a_week_runs_from_monday_to_sunday_around_each_of_its_days(day):
    week = week_of(day)
    monday, sunday = monday_of(week), sunday_of(week)
    assert monday <= day <= sunday
    assert (monday.weekday(), sunday.weekday()) == (0, 6)
    assert sunday - monday == timedelta(days=6)
    assert is_week(week)


@given(st.dates(), st.dates())
def test_weeks_sort_as_their_days_do(a, b):
    assert week_of(min(a, b)) <= week_of(max(a, b))


@pytest.mark.parametrize("text", ["2026-W01", "2026-W53", "2020-W53", "0001-W01", "9999-W51"])
def test_real_weeks_are_weeks(text):
    assert is_week(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2025-W53",
            "2026-W00",
            "2026-W54",
            "0000-W01",
            "9999-W52",
            "2026W11",
            "2026-W1",
            "2026-w11",
            "26-W11",
        ),
        *("2026-W11\n", " 2026-W11", "2026-W١١", "2026-W-1", "2026-W011", "", None, 202611, [], b"2026-W11"),
    ],
)
def test_anything_else_is_no_week(text):
    assert not is_week(text)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2025, 10, 27), "between two half terms"),
        (date(2025, 12, 22), "in the Christmas holiday"),
        (date(2026, 1, 8), "in a closure"),
        (date(2026, 1, 10), "on a Saturday"),
        (date(2026, 1, 11), "on a Sunday"),
        (date(2025, 8, 29), "before the year"),
        (date(2026, 7, 20), "after the year"),
    ],
)
def test_there_is_no_school(day, why):
    assert not school_calendar().is_school_day(day), why


@pytest.mark.parametrize(
    "day", [date(2025, 9, 1), date(2025, 10, 24), date(2025, 11, 3), date(2026, 1, 7), date(2026, 7, 17)]
)
def test_there_is_school_on_the_other_weekdays_of_the_year(day):
    assert school_calendar().is_school_day(day)


def test_days_after_the_last_half_term_entered_are_school_days():
    assert school_calendar().is_school_day(date(2026, 3, 30))


@pytest.mark.parametrize(("gap", "school"), [(28, False), (29, True)])
def test_only_a_gap_of_four_weeks_or_less_is_a_holiday(gap, school):
    end = date(2026, 3, 31)
    later = end + timedelta(days=gap + 1)
    half_terms = (Span("Summer", later, later), Span("Spring", date(2026, 3, 1), end))
    assert school_calendar(half_terms=half_terms).is_school_day(date(2026, 4, 8)) is school


def test_a_day_inside_any_half_term_is_in_no_holiday():
    half_terms = (
        Span("Key stage 4", date(2026, 1, 5), date(2026, 2, 13)),
        Span("Key stage 3", date(2026, 1, 5), date(2026, 1, 16)),
        Span("Spring 2", date(2026, 2, 23), date(2026, 3, 27)),
    )
    calendar = school_calendar(half_terms=half_terms)
    assert calendar.is_school_day(date(2026, 2, 2))
    assert not calendar.is_school_day(date(2026, 2, 16))


def test_an_empty_calendar_has_no_school():
    empty = Calendar((), (), ())
    assert empty.school_weeks() == ()
    assert empty.weeks_before("2026-W11", 2) == ()
    assert empty.weeks_after("2026-W11", 2) == ()
    assert empty.half_term_of(date(2026, 3, 9)) is None


def test_weeks_before_skip_the_holiday():
    assert school_calendar().weeks_before("2026-W09", 3) == ("2026-W07", "2026-W06", "2026-W05")


def test_weeks_after_skip_the_holiday():
    assert school_calendar().weeks_after("2026-W07", 2) == ("2026-W09", "2026-W10")


def test_a_holiday_week_looks_both_ways():
    assert school_calendar().weeks_before("2026-W08", 1) == ("2026-W07",)
    assert school_calendar().weeks_after("2026-W08", 1) == ("2026-W09",)


def test_beyond_the_calendar_the_last_and_first_weeks_are_found():
    assert school_calendar().weeks_before("2031-W20", 2) == ("2026-W29", "2026-W28")
    assert school_calendar().weeks_after("2020-W01", 2) == ("2025-W36", "2025-W37")
    assert school_calendar().weeks_before("2025-W36", 2) == ()
    assert school_calendar().weeks_after("2026-W29", 2) == ()


def test_a_day_knows_its_half_term():
    assert school_calendar().half_term_of(date(2026, 2, 23)).name == "Spring 2"
    assert school_calendar().half_term_of(date(2026, 2, 20)) is None


def covered(spans):
    return {span.start + timedelta(days=n) for span in spans for n in range((span.end - span.start).days + 1)}


def school_by_hand(calendar):
    """School days found by painting days: a holiday is a short unpainted run between painted half terms."""
    painted = covered(calendar.half_terms)
    holidays = set()
    run = []
    for n in range((max(painted) - min(painted)).days + 1 if painted else 0):
        day = min(painted) + timedelta(days=n)
        if day in painted:
            holidays |= set(run) if len(run) <= 28 else set()
            run = []
        else:
            run.append(day)
    days = covered(calendar.years) - covered(calendar.closures) - holidays
    return {day for day in days if day.strftime("%u") < "6"}


@given(calendars(), DAYS, DAYS)
def test_school_days_are_those_found_by_painting_a_calendar(calendar, a, b):
    first, last = min(a, b), max(a, b)
    by_hand = school_by_hand(calendar)
    assert calendar.school_days(first, last) == sorted(day for day in by_hand if first <= day <= last)


@given(calendars())
def test_school_weeks_are_the_weeks_of_the_school_days(calendar):
    by_hand = {day.strftime("%G-W%V") for day in school_by_hand(calendar)}
    assert calendar.school_weeks() == tuple(sorted(by_hand))


@given(calendars(), DAYS, st.integers(0, 5))
def test_weeks_before_and_after_are_the_nearest_school_weeks(calendar, day, count):
    week = week_of(day)
    before = [other for other in calendar.school_weeks() if other < week]
    after = [other for other in calendar.school_weeks() if other > week]
    assert calendar.weeks_before(week, count) == tuple(reversed(before))[:count]
    assert calendar.weeks_after(week, count) == tuple(after)[:count]
