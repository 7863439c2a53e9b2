from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.mean import Mean
from webapp.domain.rewards.board import Progress, best_means, most_improved, personal_bests

NOTHING = Mean(0, 0)
MEANS = st.sampled_from([Mean(sum, count) for count in range(5) for sum in range(5 * count + 1)])
SCHOOLS = st.dictionaries(
    st.integers(1, 99), st.builds(Progress, MEANS, st.lists(MEANS, max_size=4).map(tuple)), max_size=10
)


def test_the_best_means_stand_on_the_board() -> None:
    assert best_means({1: Mean(80, 20), 2: Mean(90, 20), 3: Mean(70, 20)}, 2) == (2, 1)


def test_all_who_are_tied_for_the_last_place_stand_on_it() -> None:
    assert best_means({1: Mean(8, 2), 2: Mean(90, 20), 3: Mean(80, 20), 4: Mean(7, 2)}, 2) == (2, 1, 3)


def test_who_has_no_mark_yet_does_not() -> None:
    assert best_means({1: NOTHING, 2: Mean(0, 3)}, 5) == (2,)


def test_a_personal_best_is_better_than_every_week_before() -> None:
    school = {
        7: Progress(Mean(21, 5), (Mean(20, 5), Mean(10, 5))),
        2: Progress(Mean(9, 3), (Mean(2, 1),)),
        3: Progress(Mean(21, 5), (Mean(22, 5), Mean(1, 5))),
        4: Progress(Mean(20, 5), (Mean(4, 1),)),
    }
    assert personal_bests(school) == (2, 7)


def test_a_first_week_is_no_personal_best_and_no_improvement() -> None:
    school = {1: Progress(Mean(25, 5), ()), 2: Progress(Mean(25, 5), (NOTHING,)), 3: Progress(NOTHING, (Mean(1, 1),))}
    assert personal_bests(school) == ()
    assert most_improved(school, 3) == ()


def test_the_greatest_rise_against_ones_own_weeks_before() -> None:
    school = {
        1: Progress(Mean(25, 5), (Mean(23, 5),)),
        2: Progress(Mean(10, 5), (Mean(5, 5),)),
        3: Progress(Mean(20, 5), (Mean(0, 1), Mean(60, 15))),
        4: Progress(Mean(20, 5), (Mean(25, 5),)),
    }
    assert most_improved(school, 1) == (2,)
    assert most_improved(school, 2) == (2, 1)
    assert most_improved(school, 9) == (2, 1, 3)


def test_all_who_rose_as_much_are_listed() -> None:
    school = {number: Progress(Mean(4, 1), (Mean(3, 1),)) for number in (5, 1, 3)}
    assert most_improved(school, 1) == (1, 3, 5)


@given(SCHOOLS)
def test_a_personal_best_is_always_a_rise(school: dict[int, Progress]) -> None:
    assert set(personal_bests(school)) <= set(most_improved(school, 100))


@given(SCHOOLS, st.integers(1, 6))
def test_nobody_who_fell_or_stayed_is_listed_as_improved(school: dict[int, Progress], places: int) -> None:
    for student in most_improved(school, places):
        week, earlier = school[student].week, school[student].earlier
        assert week.sum * sum(mean.count for mean in earlier) > sum(mean.sum for mean in earlier) * week.count
