"""A tablet that holds nothing is sent what it will hold, and nothing of what is gone."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_group, create_lesson, create_student, create_tablet
from tests.sync.pulled import Row, rows_of
from webapp.models import Group, Lesson, db
from webapp.sync.log.revisions import writing
from webapp.sync.protocol.first_fetch import Snapshots
from webapp.sync.tables.tombstones import bury

pytestmark = pytest.mark.both_databases

Name = tuple[str, str]


class Fetch:
    """A tablet's fetch from 0, page by page: what it was sent, and what it holds by now."""

    def __init__(self, tablet: Tablet, limit: int, asked: str = "&fresh=1") -> None:
        self.tablet, self.limit, self.asked = tablet, limit, asked
        self.since, self.more = 0, True
        self.sent: list[Row] = []
        self.held: dict[Name, Any] = {}

    def page(self) -> None:
        answer = self.tablet.client.get(f"/sync/v1/pull?since={self.since}&limit={self.limit}{self.asked}").json
        rows = rows_of(answer["runs"]) if "runs" in answer else answer["rows"]
        assert len(rows) <= self.limit
        self.sent += rows
        for row in rows:
            self.held[row["table"], row["id"]] = row["data"]
            if row["data"] is None:
                del self.held[row["table"], row["id"]]
        self.since, self.more = answer["next"], answer["more"]

    def finish(self) -> "Fetch":
        while self.more:
            self.page()
        return self

    def gone(self) -> list[Name]:
        return [(row["table"], row["id"]) for row in self.sent if row["data"] is None]


def holdings(tablet: Tablet) -> dict[Name, Any]:
    """What the tablet would hold by a pull that asks for nothing else."""
    return Fetch(tablet, 1000, "").finish().held


def bury_group(name: str) -> None:
    with writing() as revs:
        db.session.delete(db.session.get_one(Group, name))
        bury(revs, "groups", [name])


@pytest.fixture
def school(tablet: Tablet, lesson: Lesson) -> Tablet:
    """A tablet in a school with a past: marks and lessons long ago, groups that are no more, and some that are."""
    old = create_lesson(date(2026, 1, 6))
    for number in range(4):
        create_group(f"old {number}")
        create_student(f"Student {number}")
        bury_group(f"old {number}")
        tablet.mark(str(number + 1), str((old if number % 2 else lesson).id), 4)
    tablet.push()
    moved = create_lesson(period="2").id
    with writing() as revs:
        bury(revs, "scores", [f"1.{number}" for number in range(900, 920)])
        gone = db.session.get_one(Lesson, moved)
        gone.gone, gone.rev = True, revs.next()
    create_group("9A")
    return tablet


@pytest.mark.parametrize("columns", ["", "&columns=1"])
@pytest.mark.parametrize("limit", [1, 3, 4, 7])
def test_a_first_fetch_names_nothing_that_is_gone(app: Flask, school: Tablet, limit: int, columns: str) -> None:
    told = Fetch(create_tablet(app), limit, f"&fresh=1{columns}").finish()
    assert told.gone() == []
    assert told.held == holdings(school)
    assert len(told.sent) == len(told.held)
    assert Fetch(school, limit, "").finish().gone() != []


@pytest.mark.parametrize("limit", [1, 3, 4, 7])
def test_what_an_early_page_brought_comes_as_gone_if_it_went_since(school: Tablet, limit: int) -> None:
    fetch = Fetch(school, limit)
    while ("groups", "8B") not in fetch.held:
        fetch.page()
    create_group("short-lived")
    bury_group("short-lived")
    create_group("later")
    with writing() as revs:
        bury(revs, "groups", ["8B"])
    fetch.finish()
    assert ("groups", "8B") in fetch.gone()
    assert ("groups", "8B") not in fetch.held
    assert ("groups", "later") in fetch.held


def test_a_fetch_whose_beginning_was_forgotten_tells_everything(app: Flask, school: Tablet) -> None:
    fetch = Fetch(school, 2)
    fetch.page()
    app.extensions["snapshots"] = Snapshots()
    fetch.finish()
    assert fetch.gone() != []
    assert fetch.held == holdings(school)


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_a_second_tablet_gets_what_changed_since_the_first(app: Flask, school: Tablet, limit: int) -> None:
    create_group("brought")
    Fetch(school, limit).finish()
    create_group("between")
    bury_group("between")
    bury_group("brought")
    create_student("Newest")
    school.mark("1", "1", 2)
    school.push()
    second = Fetch(create_tablet(app), limit).finish()
    assert set(second.gone()) <= {("groups", "brought")}
    assert second.held == holdings(school)


def test_a_first_fetch_brings_the_tablets_own_refusals_to_it_alone(app: Flask, school: Tablet) -> None:
    school.mark("99", "1", 4)
    school.push()
    other = Fetch(create_tablet(app), 3).finish()
    mine = Fetch(school, 3).finish()
    again = Fetch(create_tablet(app), 3).finish()
    assert [table for table, _ in mine.held if table == "refusals"] == ["refusals"]
    assert mine.held == holdings(school)
    assert not [table for table, _ in (*other.held, *again.held) if table == "refusals"]


def test_on_another_day_a_first_fetch_has_that_days_window(app: Flask, school: Tablet) -> None:
    Fetch(school, 1000).finish()
    school.clock.move(days=15)
    told = Fetch(create_tablet(app), 1000).finish()
    assert told.gone() == []
    assert told.held == holdings(create_tablet(app))
    assert not [table for table, _ in told.held if table == "lessons"]


def test_a_day_that_ends_during_a_first_fetch_is_told_too(school: Tablet) -> None:
    fetch = Fetch(school, 3)
    fetch.page()
    school.clock.move(days=15)
    school.sign_in()
    assert fetch.finish().held == holdings(school)
