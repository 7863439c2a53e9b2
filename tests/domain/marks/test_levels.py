from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.scales import SCALE
from webapp.domain.marks.levels import WeekLevel, deciding_week, earned, level_of_week
from webapp.domain.marks.mean import Mean, mean_of
from webapp.domain.time.calendar import Calendar, Span, monday_of, week_of

LEVELS = ["none", "creative", "heroic"]
CAPS = st.sampled_from([None, "none", "creative", "heroic"])
MEANS = st.integers(0, 30).flatmap(lambda count: st.builds(Mean, st.integers(0, 5 * count), st.just(count)))
WEEKS = [f"2026-W{n:02}" for n in range(1, 21)]


@pytest.mark.parametrize(
    ("mean", "level"),
    [
        (Mean(115, 25), "heroic"),
        (Mean(114, 25), "creative"),
        (Mean(2299, 500), "creative"),
        (Mean(100, 25), "creative"),
        (Mean(99, 25), None),
        (Mean(0, 25), None),
        (Mean(5, 1), "heroic"),
        (Mean(0, 0), None),
    ],
)
def test_a_mean_earns_the_highest_level_it_reaches(mean, level):
    assert earned(mean, SCALE) == level


@given(MEANS)
def test_earned_agrees_with_exact_fractions(mean):
    exact = Fraction(mean.sum, mean.count) if mean.count else Fraction(-1)
    by_hand = "heroic" if exact * 10 >= 46 else "creative" if exact >= 4 else None
    assert earned(mean, SCALE) == by_hand


def test_levels_rank_from_none_upwards():
    assert [SCALE.rank(key) for key in (None, "none", "creative", "heroic")] == [0, 0, 1, 2]


def test_a_level_that_is_not_on_the_scale_has_no_rank():
    with pytest.raises(KeyError):
        SCALE.rank("legendary")


@given(CAPS, CAPS)
def test_the_lower_level_is_the_same_from_both_sides(a, b):
    assert SCALE.lower_of(a, b) == SCALE.lower_of(b, a)
    assert SCALE.rank(SCALE.lower_of(a, b)) == min(SCALE.rank(a), SCALE.rank(b))
    assert SCALE.lower_of(a, b) != "none"


def test_the_latest_week_with_a_counted_mark_decides():
    counted = {"2026-W09": Mean(4, 1), "2026-W10": Mean(5, 1)}
    assert deciding_week(["2026-W10", "2026-W09"], counted) == "2026-W10"


def test_a_week_of_absence_passes_the_decision_to_the_week_before():
    counted = {"2026-W09": Mean(4, 1), "2026-W10": mean_of(["authorised", None])}
    assert deciding_week(["2026-W10", "2026-W09"], counted) == "2026-W09"


def test_a_week_of_zeros_still_decides():
    assert deciding_week(["2026-W10", "2026-W09"], {"2026-W10": Mean(0, 3), "2026-W09": Mean(5, 1)}) == "2026-W10"


def test_without_a_counted_mark_no_week_decides():
    assert deciding_week(["2026-W10", "2026-W09"], {"2026-W08": Mean(5, 1)}) is None
    assert deciding_week([], {"2026-W08": Mean(5, 1)}) is None


def test_a_level_carries_all_that_led_to_it():
    means = {"2026-W10": Mean(23, 5)}
    level = level_of_week("2026-W11", ["2026-W10", "2026-W09"], means, "creative", SCALE)
    assert level == WeekLevel("2026-W11", "creative", "heroic", "creative", Mean(23, 5), "2026-W10")


def test_a_student_without_marks_has_no_level_and_no_deciding_week():
    level = level_of_week("2026-W11", ["2026-W10", "2026-W09"], {}, None, SCALE)
    assert level == WeekLevel("2026-W11", None, None, None, Mean(0, 0), None)


def test_a_cap_of_none_removes_the_level_but_not_what_was_earned():
    level = level_of_week("2026-W11", ["2026-W10"], {"2026-W10": Mean(5, 1)}, "none", SCALE)
    assert (level.level, level.earned, level.cap) == (None, "heroic", "none")


def test_a_cap_never_lifts_a_level():
    level = level_of_week("2026-W11", ["2026-W10"], {"2026-W10": Mean(3, 1)}, "creative", SCALE)
    assert (level.level, level.earned) == (None, None)


@given(st.dictionaries(st.sampled_from(WEEKS), MEANS), st.sampled_from(WEEKS), CAPS)
def test_a_level_is_the_lower_of_earned_and_cap(means, week, cap):
    before = tuple(reversed([other for other in WEEKS if other < week]))[:2]
    level = level_of_week(week, before, means, cap, SCALE)
    order = {None: 0} | {key: rank for rank, key in enumerate(LEVELS)}
    limit = 2 if cap is None else order[cap]
    assert LEVELS[min(order[level.earned], limit)] == (level.level or "none")
    assert level.earned == earned(level.mean, SCALE)


@st.composite
def school_years(draw):
    """A year with holidays, and on random days of it a mark that counts or not."""
    start = monday_of("2025-W36")
    lengths = draw(st.lists(st.tuples(st.integers(3, 50), st.integers(1, 28)), min_size=1, max_size=6))
    half_terms = []
    for length, gap in lengths:
        half_terms.append(Span("half term", start, start + timedelta(days=length)))
        start += timedelta(days=length + gap + 1)
    calendar = Calendar((Span("year", half_terms[0].start, half_terms[-1].end),), tuple(half_terms), ())
    days = calendar.school_days(half_terms[0].start, half_terms[-1].end)
    marks = draw(st.dictionaries(st.sampled_from(days), st.sampled_from([0, 3, 4, 5, "exempt", None]), max_size=40))
    return calendar, marks, draw(st.sampled_from(days)) + timedelta(days=draw(st.integers(0, 21)))


@given(school_years())
def test_the_deciding_week_is_never_more_than_two_school_weeks_back(school_year):
    calendar, marks, day = school_year
    means = {}
    for marked in marks:
        week = week_of(marked)
        means[week] = mean_of(mark for other, mark in marks.items() if week_of(other) == week)
    week = week_of(day)
    level = level_of_week(week, calendar.weeks_before(week, SCALE.look_back), means, None, SCALE)

    assert level.from_week == week_found_by_walking_back(calendar, marks, day)
    assert level.mean == means.get(level.from_week, (0, 0))


def week_found_by_walking_back(calendar, marks, day):
    """Goes back Monday by Monday and stops at numbers, or when two weeks with school have gone by without."""
    monday = day - timedelta(days=day.weekday())
    passed = 0
    while passed < 2 and monday > date(2025, 1, 1):
        monday -= timedelta(days=7)
        days = [monday + timedelta(days=n) for n in range(7)]
        if any(isinstance(marks.get(other), int) for other in days):
            return monday.strftime("%G-W%V")
        passed += any(calendar.is_school_day(other) for other in days)
    return None
