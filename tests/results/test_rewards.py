"""What a level opens on a day."""

from datetime import date

import pytest
from flask import Flask

from tests.builders import create_group, create_staff, create_student, create_year
from tests.builders_rewards import do, give, limit
from webapp.models import Cap, db
from webapp.results.rewards import (
    allowance_on,
    level_on,
    levels_on,
    taken_on,
    till_of,
    tuck_left,
)

TUESDAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def school(app: Flask) -> None:
    """Zoë is on Heroic this week, Inaya on Creative, Sam on no level, and Ola is new."""
    create_year()
    create_group()
    create_staff(role="head")
    for forename in ("Zoë", "Inaya", "Sam", "Ola"):
        create_student(forename)
    for student, mark in ((1, 5), (2, 4), (3, 2)):
        give(student, mark)


def test_a_level_brings_an_allowance():
    levels = [level_on(student, TUESDAY) for student in (1, 2, 3, 4)]
    assert levels == ["heroic", "creative", None, None]
    assert [allowance_on(student, TUESDAY) for student in (1, 2, 3, 4)] == [2, 1, 0, 0]
    assert levels_on(TUESDAY) == {1: "heroic", 2: "creative", 3: None}


def test_a_limit_counts_on_its_own_days_and_not_on_others_of_the_week():
    assert limit(1, "creative", start="2026-03-04", until="2026-03-04") is None
    days = [date(2026, 3, day) for day in (3, 4, 5)]
    assert [level_on(1, day) for day in days] == ["heroic", "creative", "heroic"]
    assert [allowance_on(1, day) for day in days] == [2, 1, 2]


def test_a_limit_above_what_was_earned_changes_nothing():
    assert limit(3, "creative") is None
    assert level_on(3, TUESDAY) is None


def test_a_limit_that_was_lifted_no_longer_counts():
    assert limit(1, "none", start="2026-03-02") is None
    assert (level_on(1, TUESDAY), tuck_left(1, TUESDAY)) == (None, 0)
    cap = db.session.query(Cap).one().id
    assert do("reward.lift", {"cap": cap}) is None
    assert [level_on(1, day) for day in (date(2026, 3, 2), TUESDAY)] == [None, "heroic"]


def test_nothing_is_taken_and_nobody_sells_before_there_is_a_till():
    assert [taken_on(student, TUESDAY) for student in (1, 4)] == [0, 0]
    assert [tuck_left(student, TUESDAY) for student in (1, 2, 3, 4)] == [2, 1, 0, 0]
    assert till_of("8B") is None


def test_weeks_without_a_level_bring_nothing():
    holiday = date(2026, 8, 3)
    assert (level_on(1, holiday), allowance_on(1, holiday), tuck_left(1, holiday)) == (None, 0, 0)
