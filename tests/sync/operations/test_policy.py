"""A change of the policy, as tablets hear of it and as it rules what is given."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Tablet, create_group, create_staff, create_student, create_tablet, create_year
from tests.builders_rewards import give
from webapp.models import PolicyVersion, Student, db
from webapp.policies import load
from webapp.policies.settings import Value, values_of
from webapp.results.levels import level_in
from webapp.results.points import points_of
from webapp.results.receipts import receipt
from webapp.results.rewards import allowance_on
from webapp.school.school import school_pack, school_packs
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing
from webapp.sync.tables.policy import adopt, withdraw

THIS_WEEK, NEXT_WEEK = "2026-W10", "2026-W11"
MONDAY = date(2026, 3, 9)


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    """One at a school where Zoë had a four last week and another one this week."""
    create_year()
    create_group()
    create_staff(role="head")
    zoe = create_student()
    give(zoe, 4)
    give(zoe, 4, date(2026, 3, 2))
    return create_tablet(app)


def change(week: str = NEXT_WEEK, **settings: Value) -> PolicyVersion:
    """A change from a week on; `_` in names of settings stand for dots."""
    names = {name.replace(".", "_"): name for name in values_of("reach")}
    values = {**values_of("reach"), **{names[key]: value for key, value in settings.items()}}
    with writing() as revs:
        adopt(week, values, "a.adeyemi", "Agreed", revs)
    return db.session.scalars(select(PolicyVersion).order_by(PolicyVersion.id.desc())).all()[0]


def row(tablet: Tablet, table: str, name: str) -> dict[str, Any]:
    tablet.pull()
    return dict(tablet.table(table)[name])


def test_a_change_rules_its_week_and_no_week_before(tablet: Tablet):
    change(levels_rules_creative_threshold="4.1", levels_rules_creative_tuck_items=3)
    assert [row(tablet, "levels", f"1.{week}")["level"] for week in (THIS_WEEK, NEXT_WEEK)] == ["creative", None]
    zoe = receipt(db.session.get_one(Student, 1), NEXT_WEEK)
    assert [str(rule.threshold) for rule in zoe.rules] == ["23/5", "41/10"]
    assert [allowance_on(1, day) for day in (date(2026, 3, 8), MONDAY)] == [1, 0]


def test_tablets_hear_of_a_change_before_it_begins_and_as_it_does(tablet: Tablet):
    assert row(tablet, "school", "school")["versions"] == []
    change(levels_rules_creative_threshold="3.5", levels_rules_creative_tuck_items=2)
    school = row(tablet, "school", "school")
    assert [level["threshold"] for level in school["levels"]] == [[23, 5], [4, 1]]
    assert [(one["week"], one["levels"][1]["threshold"]) for one in school["versions"]] == [
        ("", [4, 1]),
        (NEXT_WEEK, [7, 2]),
    ]
    assert [row(tablet, "levels", f"1.{week}")["tuck_left"] for week in (THIS_WEEK, NEXT_WEEK)] == [1, 2]
    tablet.clock.move(days=6)
    assert row(tablet, "school", "school")["levels"][1]["threshold"] == [7, 2]
    assert row(tablet, "levels", f"1.{NEXT_WEEK}")["tuck_left"] == 2


def test_a_late_mark_is_ruled_by_the_week_it_decides(tablet: Tablet):
    change(levels_rules_creative_threshold="3.0")
    give(1, 3)  # last week's mark, put right
    give(1, 3, date(2026, 3, 2))
    assert [level_in(week, 1).level for week in (THIS_WEEK, NEXT_WEEK)] == [None, "creative"]
    assert not any(rebuild().values())


def test_of_two_changes_from_the_same_week_the_later_rules(tablet: Tablet):
    change(levels_rules_creative_threshold="4.1")
    change(levels_rules_creative_threshold="3.1")
    assert level_in(NEXT_WEEK, 1).level == "creative"


def test_a_change_withdrawn_never_was(tablet: Tablet):
    version = change(levels_rules_creative_threshold="4.1")
    with writing() as revs:
        withdraw(version, "a.adeyemi", revs)
    assert row(tablet, "levels", f"1.{NEXT_WEEK}")["level"] == "creative"
    assert row(tablet, "school", "school")["versions"] == []
    assert school_packs().versions == ()


def test_a_setting_that_is_no_more_is_passed_over(tablet: Tablet):
    version = change(trip_places=9)
    with writing():
        version.settings = json.dumps(json.loads(version.settings) | {"levels.rules.golden.threshold": "5.0"})
    assert school_pack(MONDAY).rewards.trip.places == 9


def test_a_place_is_held_by_the_policy_of_the_moment_it_was_given(tablet: Tablet):
    def ask() -> str:
        op = tablet.record("space.ask", {"space": "hazel", "student": "1"})
        assert tablet.push().json["notes"] == []
        return tablet.id_of(op)

    before = ask()
    tablet.clock.move(minutes=4)
    change(THIS_WEEK, calls_lapse=3)
    assert row(tablet, "asks", before)["status"] == "confirmed"
    tablet.clock.move(minutes=7)
    after = ask()
    tablet.clock.move(minutes=4)
    tablet.push()
    assert [row(tablet, "asks", name)["status"] for name in (before, after)] == ["lapsed", "lapsed"]
    assert not any(rebuild().values())


def test_what_was_sold_earlier_in_a_week_is_ruled_by_its_day(tablet: Tablet):
    change(THIS_WEEK, levels_rules_creative_tuck_items=5)
    monday, today = date(2026, 3, 2), date(2026, 3, 3)
    assert [allowance_on(1, day) for day in (monday, today)] == [1, 5]


def test_a_school_begins_with_the_pack_in_its_file(tablet: Tablet):
    assert school_pack() is load("reach")


def test_what_a_card_asks_for_is_what_the_next_week_asks_for(tablet: Tablet):
    change(levels_rules_creative_threshold="3.5")
    standing = points_of(1, tablet.clock.now).standing
    assert standing is not None
    assert [str(rule.threshold) for rule in standing.to_earn] == ["23/5", "7/2"]
