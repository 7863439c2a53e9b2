from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.scales import SCALE
from webapp.domain.marks.caps import Cap, in_force

MONDAY, SUNDAY = date(2026, 3, 9), date(2026, 3, 15)
DAYS = st.dates(date(2026, 2, 20), date(2026, 4, 1))


def cap(level="creative", start=MONDAY, until=None, lifted=None):
    return Cap(level, start, until, lifted)


def force(*caps):
    return in_force(caps, MONDAY, SUNDAY, SCALE)


def test_without_caps_nothing_is_in_force():
    assert force() is None


@pytest.mark.parametrize("start", [date(2026, 1, 1), MONDAY, SUNDAY])
def test_a_cap_that_has_begun_is_in_force(start):
    assert force(cap(start=start)) == "creative"


def test_a_cap_of_next_week_is_not():
    assert force(cap(start=SUNDAY + timedelta(days=1))) is None


def test_a_cap_holds_up_to_and_including_its_last_day():
    early = date(2026, 3, 2)
    assert force(cap(start=early, until=MONDAY)) == "creative"
    assert force(cap(start=early, until=MONDAY - timedelta(days=1))) is None


@pytest.mark.parametrize("lifted", [date(2026, 3, 1), MONDAY, date(2026, 3, 11), SUNDAY])
def test_a_lift_frees_the_whole_week_it_falls_in(lifted):
    assert force(cap(start=date(2026, 2, 2), lifted=lifted)) is None


def test_a_lift_does_not_reach_back_to_the_weeks_before():
    assert force(cap(start=date(2026, 2, 2), lifted=SUNDAY + timedelta(days=1))) == "creative"


def test_the_strictest_of_several_caps_is_in_force():
    assert force(cap("creative"), cap("none"), cap("heroic")) == "none"


def test_lifting_one_cap_leaves_the_other():
    assert force(cap("none", lifted=MONDAY), cap("creative")) == "creative"


CAPS = st.builds(
    lambda level, start, length, lifted: Cap(
        level, start, None if length is None else start + timedelta(days=length), lifted
    ),
    st.sampled_from(["none", "creative", "heroic"]),
    DAYS,
    st.none() | st.integers(0, 20),
    st.none() | DAYS,
)


def strictest_by_walking(caps, days):
    """Day by day: what holds on that day, unless the period saw or followed the lift."""
    held = {
        cap.cap
        for day in days
        for cap in caps
        if day >= cap.start
        and not (cap.until and day > cap.until)
        and not any(cap.lifted and other >= cap.lifted for other in days)
    }
    return next((level for level in ("none", "creative", "heroic") if level in held), None)


@given(st.lists(CAPS, max_size=5), DAYS, st.integers(0, 6))
def test_caps_agree_with_a_walk_through_the_days(caps, first, length):
    days = [first + timedelta(days=n) for n in range(length + 1)]
    assert in_force(iter(caps), days[0], days[-1], SCALE) == strictest_by_walking(caps, days)


@given(st.lists(CAPS, max_size=5), CAPS, DAYS)
def test_another_cap_never_makes_it_less_strict(caps, more, day):
    looser, stricter = in_force(caps, day, day, SCALE), in_force([*caps, more], day, day, SCALE)
    ranks = [2 if level is None else SCALE.rank(level) for level in (looser, stricter)]
    assert ranks[1] <= ranks[0]
