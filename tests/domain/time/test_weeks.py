"""Which week is A and which B."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.time.calendar import week_of
from webapp.domain.time.weeks import WeekMark, letter_of

WEEKS = [week_of(date(2026, 9, 7) + timedelta(weeks=n)) for n in range(40)]
school_weeks = st.lists(st.sampled_from(WEEKS), unique=True, min_size=2).map(sorted)


def test_without_a_mark_weeks_have_no_letters():
    assert letter_of(WEEKS[0], (), WEEKS) is None


@given(school_weeks, st.integers(0, 39), st.sampled_from("AB"))
def test_school_weeks_take_turns_and_the_one_marked_is_as_it_was_said(weeks: list[str], at: int, letter: str):
    marks = (WeekMark(WEEKS[at], letter),)
    letters = [letter_of(week, marks, weeks) for week in weeks]
    assert all(one != other for one, other in pairwise(letters))
    assert letter_of(WEEKS[at], marks, weeks) == letter


@given(school_weeks, st.data())
def test_a_week_set_by_hand_changes_no_other(weeks: list[str], data: st.DataObject):
    first, alone = WeekMark(weeks[0], "A"), WeekMark(data.draw(st.sampled_from(weeks[1:])), "B", alone=True)
    with_it = {week: letter_of(week, (first, alone), weeks) for week in weeks}
    without = {week: letter_of(week, (first,), weeks) for week in weeks}
    assert with_it == without | {alone.week: "B"}


@given(school_weeks, st.data(), st.sampled_from("AB"))
def test_a_later_mark_begins_the_turns_anew(weeks: list[str], data: st.DataObject, letter: str):
    later = data.draw(st.sampled_from(weeks[1:]))
    marks = (WeekMark(weeks[0], "A"), WeekMark(later, letter))
    assert letter_of(later, marks, weeks) == letter
    before = [week for week in weeks if week < later]
    assert [letter_of(week, marks, weeks) for week in before] == [letter_of(week, marks[:1], weeks) for week in before]
