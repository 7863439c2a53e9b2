from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.mean import Mean
from webapp.domain.rewards.trip import Candidate, TripList, trip_list

HALF = Fraction(1, 2)
MEANS = st.sampled_from([Mean(sum, count) for count in range(5) for sum in range(5 * count + 1)])
CANDIDATES = st.builds(Candidate, MEANS, st.integers(0, 6), st.integers(0, 10))
SCHOOLS = st.dictionaries(st.integers(1, 99), CANDIDATES, max_size=12)
PLACES = st.integers(1, 10)


def student(sum: int, count: int, marked: int = 20, lessons: int = 20) -> Candidate:
    return Candidate(Mean(sum, count), marked, lessons)


def students(*means: tuple[int, int]) -> dict[int, Candidate]:
    return {number: student(*mean) for number, mean in enumerate(means, start=1)}


def test_the_highest_means_go() -> None:
    assert trip_list(students((80, 20), (90, 20), (70, 20)), 2, HALF) == TripList((2, 1), (), 0)


def test_everybody_tied_for_the_last_place_is_listed() -> None:
    assert trip_list(students((80, 20), (90, 20), (40, 10), (70, 20)), 2, HALF) == TripList((2,), (1, 3), 1)


def test_a_tie_that_all_fit_in_is_none() -> None:
    assert trip_list(students((80, 20), (90, 20), (40, 10), (70, 20)), 3, HALF) == TripList((2, 1, 3), (), 0)


def test_a_tie_further_up_is_none() -> None:
    assert trip_list(students((90, 20), (90, 20), (80, 20), (70, 20)), 3, HALF) == TripList((1, 2, 3), (), 0)


def test_all_may_be_tied() -> None:
    assert trip_list(students((80, 20), (80, 20), (80, 20)), 2, HALF) == TripList((), (1, 2, 3), 2)


def test_means_that_show_alike_are_not_tied() -> None:
    assert trip_list(students((4598, 1000), (4599, 1000)), 1, HALF) == TripList((2,), (), 0)


def test_fewer_students_than_places_all_go() -> None:
    assert trip_list(students((80, 20)), 8, HALF) == TripList((1,), (), 0)
    assert trip_list({}, 8, HALF) == TripList((), (), 0)


def test_half_of_the_lessons_must_be_marked() -> None:
    school = {1: student(50, 10, marked=10), 2: student(45, 9, marked=9), 3: student(40, 10, marked=11, lessons=21)}
    assert trip_list(school, 8, HALF).going == (1, 3)


def test_without_a_counted_mark_nobody_goes() -> None:
    assert trip_list({1: student(0, 0), 2: student(0, 0, marked=0, lessons=0)}, 8, HALF).going == ()


@given(SCHOOLS, PLACES)
def test_every_place_is_given_or_left_to_a_leader(school: dict[int, Candidate], places: int) -> None:
    found = trip_list(school, places, HALF)
    able = [one for one in school.values() if one.mean.count and 2 * one.marked >= one.lessons]
    assert len(found.going) + found.places_left == min(places, len(able))
    assert 0 <= found.places_left < max(len(found.tied), 1)


@given(SCHOOLS, PLACES)
def test_nobody_is_passed_over_by_a_lower_mean(school: dict[int, Candidate], places: int) -> None:
    found = trip_list(school, places, HALF)
    means = {number: Fraction(*one.mean) for number, one in school.items() if one.mean.count}
    rest = means.keys() - {*found.going, *found.tied}
    left_out = {means[number] for number in rest if 2 * school[number].marked >= school[number].lessons}
    going, tied = ([means[number] for number in numbers] for numbers in (found.going, found.tied))
    assert going == sorted(going, reverse=True)
    assert len(set(tied)) <= 1
    assert all(mean > other for mean in going for other in {*tied, *left_out})
    assert all(mean > other for mean in tied for other in left_out)


@given(SCHOOLS, PLACES, st.integers(0, 99))
def test_the_order_in_which_students_are_read_decides_nothing(
    school: dict[int, Candidate], places: int, seed: int
) -> None:
    shuffled = list(school.items())
    Random(seed).shuffle(shuffled)
    assert trip_list(dict(shuffled), places, HALF) == trip_list(school, places, HALF)
