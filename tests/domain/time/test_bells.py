"""Which bells ring for whom, and what a closure takes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.time.bell import Bell, Closure, bell_of, bells_on, besides, is_closed, left_of
from webapp.domain.time.spread import (
    ALL_DAYS,
    ALL_YEARS,
    column,
    days_words,
    members,
    read_days,
    read_years,
    years_words,
)

MONDAY = date(2026, 11, 30)
some_days = st.frozensets(st.sampled_from(sorted(ALL_DAYS)), min_size=1)
some_years = st.frozensets(st.integers(0, 14), min_size=1)
cells = st.tuples(some_days, some_years)
FIRST, SECOND = Bell("1", "09:00", "10:00"), Bell("2", "10:00", "11:00")


@given(some_days, some_years)
def test_days_and_years_are_read_as_they_are_kept_and_said(days: frozenset[int], years: frozenset[int]):
    assert read_days(days_words(days)) == days == members(column(days, ALL_DAYS), ALL_DAYS)
    assert read_years(years_words(years)) == years == members(column(years, ALL_YEARS), ALL_YEARS)


def test_days_and_years_as_schools_write_them():
    assert read_days("Mon-Thu") == read_days("Monday to Thursday") == read_days("Mo,Tu,We,Th") == {1, 2, 3, 4}
    assert read_days("Sun-Thu") == {7, 1, 2, 3, 4}
    assert read_years("7-9") == read_years("Year 7, Year 8 & Y9") == read_years("Years 7 to 9") == {7, 8, 9}
    assert read_years("R, 1-2") == {0, 1, 2}
    assert [read(text) for read in (read_days, read_years) for text in ("", "x", "1-", "9-7-5")] == [None] * 8
    assert read_years("9-7") is None


@given(cells, cells)
def test_what_is_left_beside_a_part_is_all_of_the_rest_once(held: tuple, taken: tuple):
    def all_of(part: tuple) -> set[tuple[int, int]]:
        return {(day, year) for day in part[0] for year in part[1]}

    parts = [all_of(part) for part in besides(held, taken)]
    assert set().union(*parts) == all_of(held) - all_of(taken)
    assert sum(map(len, parts)) == len(set().union(*parts))


@given(cells, st.booleans())
def test_a_bell_gives_way_to_its_own_name_and_to_a_part_that_is_not_needed(part: tuple, needed: bool):
    days, years = part
    again, other = (
        Bell("1", "09:00", "09:45", days=days, years=years),
        Bell("X", "09:30", "09:40", days=days, years=years),
    )
    assert left_of(FIRST, [again], lambda _name, _cells: True) == list(besides(FIRST.cells, part))
    whole = [FIRST.cells] if needed else list(besides(FIRST.cells, part))
    assert left_of(FIRST, [other], lambda _name, _cells: needed) == whole
    assert left_of(FIRST, [Bell("X", "10:00", "10:30", days=days)], lambda _name, _cells: False) == [FIRST.cells]


@given(cells, st.integers(0, 6), st.integers(0, 14))
def test_a_bell_rings_on_its_days_for_its_years_while_it_is_in_force(part: tuple, later: int, year: int):
    day, week = MONDAY + timedelta(days=later), timedelta(weeks=1)
    bell = Bell("1", "09:00", "10:00", days=part[0], years=part[1], first=MONDAY, last=MONDAY + 2 * week)
    rings = day.isoweekday() in part[0] and year in part[1]
    assert [bool(bells_on([bell], day + n * week, year)) for n in (-1, 0, 1, 3)] == [False, rings, rings, False]


@given(st.integers(0, 3), st.sampled_from("12"), st.sampled_from("12"), st.integers(7, 13))
def test_a_closure_begins_and_ends_with_a_period(length: int, since: str, until: str, year: int):
    last, bells = MONDAY + timedelta(days=length), [FIRST, SECOND]
    closure = Closure("Snow", MONDAY, last, since, until, frozenset({7, 8, 11}))
    days = [MONDAY + timedelta(days=n) for n in range(length + 1)]
    expected = [
        year in closure.years and (day > MONDAY or bell.name >= since) and (day < last or bell.name <= until)
        for day in days
        for bell in bells
    ]
    found = [is_closed([closure], bells, day, year, bell) for day in days for bell in bells]
    assert found == expected
    assert not is_closed([closure], bells, MONDAY - timedelta(days=1), year, FIRST)


def test_a_class_of_several_years_goes_by_the_bells_of_most_that_are_not_closed():
    early, late = (
        Bell("4", "12:20", "13:20", years=frozenset({7, 8})),
        Bell("4", "13:00", "14:00", years=frozenset({9})),
    )
    assert bell_of([early, late], (), MONDAY, "4", (9, 8)) == late
    away = Closure("Trip", MONDAY, MONDAY, years=frozenset({9}))
    assert bell_of([early, late], [away], MONDAY, "4", (9, 8)) == early
    assert bell_of([early, late], [away], MONDAY, "4", (9,)) is None
    assert bell_of([early, late], (), MONDAY, "5", (9,)) is None
