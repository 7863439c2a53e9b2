from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.mean import Mean, mean_of

MARKS = st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, "authorised", "exempt", None]), max_size=60)
MEANS = st.integers(1, 400).flatmap(lambda count: st.builds(Mean, st.integers(0, 5 * count), st.just(count)))
THRESHOLDS = st.fractions(0, 5, max_denominator=1000)


def test_authorised_exempt_and_unmarked_lessons_leave_the_mean_alone():
    assert mean_of([5, "authorised", None, 4, "exempt"]) == (9, 2)


def test_a_refused_lesson_is_a_zero_and_pulls_the_mean_down():
    assert mean_of([5, 0]) == (5, 2)


def test_nothing_counted_has_no_mean():
    nothing = mean_of([None, "exempt", "authorised"])
    assert nothing == (0, 0)
    assert nothing.shown() == ""
    assert not nothing.at_least(Fraction(0))


@pytest.mark.parametrize(
    ("mean", "shown"),
    [
        (Mean(23, 5), "4.60"),
        (Mean(2299, 500), "4.59"),
        (Mean(14, 3), "4.66"),
        (Mean(0, 7), "0.00"),
        (Mean(1, 20), "0.05"),
        (Mean(25, 5), "5.00"),
    ],
)
def test_a_mean_is_cut_to_two_decimals(mean, shown):
    assert mean.shown() == shown


def test_a_hair_below_the_threshold_does_not_reach_it():
    assert Mean(46, 10).at_least(Fraction("4.6"))
    assert not Mean(45_999, 10_000).at_least(Fraction("4.6"))


@given(MARKS)
def test_a_mean_is_the_numbers_among_the_marks(marks):
    total = count = 0
    for mark in marks:
        if str(mark) in "012345":
            total, count = total + int(mark), count + 1
    assert mean_of(iter(marks)) == (total, count)


@given(MEANS, THRESHOLDS)
def test_thresholds_compare_as_exact_fractions(mean, threshold):
    assert mean.at_least(threshold) == (Fraction(mean.sum, mean.count) >= threshold)


@given(MEANS)
def test_the_shown_mean_is_never_above_the_exact_one(mean):
    shown = Decimal(mean.shown())
    exact = Fraction(mean.sum, mean.count)
    assert Fraction(shown) <= exact < Fraction(shown) + Fraction(1, 100)
    assert shown.as_tuple().exponent == -2


@given(MEANS)
def test_the_shown_mean_is_what_cutting_the_decimal_gives(mean):
    exact = Decimal(mean.sum) / Decimal(mean.count)
    assert mean.shown() == str(exact.quantize(Decimal("0.01"), ROUND_FLOOR))


@given(MEANS, st.integers(0, 500))
def test_nobody_is_shown_a_threshold_they_have_not_reached(mean, hundredths):
    threshold = Fraction(hundredths, 100)
    assert mean.at_least(threshold) == (Fraction(mean.shown()) >= threshold)
