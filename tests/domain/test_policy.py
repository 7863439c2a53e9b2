from hypothesis import given
from hypothesis import strategies as st

from tests.domain.scales import SCALE
from webapp.domain.marks.levels import WeekLevel, level_of_week
from webapp.domain.marks.mean import Mean
from webapp.domain.policy import held_back, judge_first_week, moved

WEEKS = [f"2026-W{number:02}" for number in range(1, 30)]
SCHOOL_WEEKS = [week for week in WEEKS if week not in ("2026-W08", "2026-W15")]

weeks = st.sampled_from(WEEKS)
caps = st.sampled_from([None, "none", "creative"])
means = st.integers(1, 30).flatmap(lambda count: st.tuples(st.integers(0, 5 * count), st.just(count)))


@given(week=weeks, this_week=weeks, last=st.none() | weeks)
def test_a_change_begins_in_a_school_week_that_is_not_over_and_never_before_the_last(
    week: str, this_week: str, last: str | None
) -> None:
    allowed = week >= this_week and week in SCHOOL_WEEKS and week >= (last or week)
    assert (judge_first_week(week, this_week, SCHOOL_WEEKS, last) is None) == allowed


@given(now=means, then=means, cap=caps)
def test_each_level_that_would_be_earned_anew_is_moved_or_held_back_by_a_cap(
    now: tuple[int, int], then: tuple[int, int], cap: str | None
) -> None:
    was, would_be = level(now, cap), level(then, cap)
    changes, held = moved({1: was}, {1: would_be}), held_back({1: was}, {1: would_be})
    assert (1 in changes) == (was.level != would_be.level)
    assert not changes.keys() & held.keys()
    assert bool(changes or held) == (was.earned != would_be.earned)


def level(mean: tuple[int, int], cap: str | None) -> WeekLevel:
    return level_of_week("2026-W11", ["2026-W10"], {"2026-W10": Mean(*mean)}, cap, SCALE)
