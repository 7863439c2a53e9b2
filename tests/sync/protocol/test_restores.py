"""Backup, more work on tablets, kill -9, the older backup put back, tablets sync: nothing that was acknowledged is
lost, and nothing is there twice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.builders import Clock, Tablet, create_group, create_lesson, create_staff, create_student, create_year
from tests.sync.forked import ForkedServer
from webapp.backup.make import make
from webapp.backup.restore import restore
from webapp.config import Settings
from webapp.models import Device, Operation, Overturned, Restoration, Score, SignIn, Stay, db
from webapp.models.device import OWN_DEVICES
from webapp.models.operation import APPLIED
from webapp.sync.devices.devices import make_code, revoke
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing

pytestmark = pytest.mark.both_databases

ROUNDS, MANY_ROUNDS = {"sqlite": 5, "postgresql": 3}, 20
TEACHERS = ("a.adeyemi", "b.boyle", "c.chen")
STUDENTS, LESSONS = range(1, 7), range(1, 6)
WORK = 6
STANDS = (APPLIED, "already-left")  # what it says is so; of two people who ended a stay, one is listed


@pytest.fixture
def school(app: Flask) -> None:
    create_year()
    create_group()
    for username in TEACHERS:
        create_staff(username, role="head-of-year")  # who may lift each other's limits
    for _ in STUDENTS:
        create_student()
    for period in LESSONS:
        create_lesson(period=str(period))


class Tablets:
    """Tablets as they come to a school that is served by a real process."""

    def __init__(self, server: ForkedServer, clock: Clock, random: Random) -> None:
        self.server, self.clock, self.random = server, clock, random
        self.all: list[Tablet] = []

    def enrol(self, staff: str) -> Tablet:
        tablet = Tablet(self.server.client(), self.clock, staff)
        tablet.enrol(self.code())
        assert tablet.sign_in().status_code == 200
        self.all.append(tablet)
        return tablet

    def code(self) -> str:
        with writing():
            return make_code("floor", self.clock.now).text

    def work(self, count: int) -> None:
        """Marks, limits and stays in spaces, some of which speak of what another tablet began."""
        for _ in range(count):
            tablet = self.random.choice(self.all)
            self.do_something(tablet)
            if self.random.random() < 0.6:
                self.sync(tablet)

    def do_something(self, tablet: Tablet) -> None:
        choose, own = self.random.choice, self.all.index(tablet) + 1
        inside = [stay for stay, data in tablet.table("stays").items() if data["left"] is None]
        limits = [cap for cap, data in tablet.table("caps").items() if data["lifted"] is None]
        what = choose(("mark", "mark", "enter", "leave", "limit", "lift"))
        if what == "leave" and inside:
            tablet.record("space.leave", {"stay": choose(inside), "free_to_leave": True})
        elif what == "enter":
            tablet.record("space.enter", {"space": choose(("hazel", "chestnut")), "student": str(own)})
        elif what == "lift" and limits:
            tablet.record("reward.lift", {"cap": choose(limits)})
        elif what == "limit":
            body = {"student": str(own), "cap": "none", "from": "2026-03-03", "until": None, "reason": "Smoke"}
            tablet.record("reward.cap", body)
        else:
            tablet.mark(choose(STUDENTS), choose(LESSONS), choose((0, 3, 5)))

    def sync(self, tablet: Tablet) -> None:
        """As our worker does: what is not acknowledged, all from 0 in a new epoch, and anew where nobody knows it."""
        answer = tablet.push()
        if answer.status_code == 401:
            self.come_back(tablet)
            answer = tablet.push()
        assert answer.status_code == 200, answer.text
        assert answer.json["upto"] == len(tablet.ops)
        if answer.json["epoch"] != tablet.epoch:
            tablet.epoch, tablet.cursor, tablet.rows = answer.json["epoch"], 0, {}
        tablet.pull()

    def lose_work(self, backup: Path, settings: Settings) -> None:
        """The power goes, and the backup is put back."""
        self.server.kill()
        self.clock.move(minutes=1)
        restore(backup, settings)
        self.server.start()
        self.hang_up()

    def hang_up(self) -> None:
        """What the tablets' connections led to is gone."""
        for tablet in self.all:
            tablet.client.close()

    def come_back(self, tablet: Tablet) -> None:
        was = {"device": tablet.device, "incarnation": tablet.incarnation, "gone": 0}
        answer = tablet.post("enrol", {"code": self.code(), "name": "Tablet", "was": was})
        assert (answer.json["device"], answer.json["incarnation"]) == (tablet.device, tablet.incarnation)
        assert 0 <= answer.json["had"] <= len(tablet.ops)
        assert tablet.sign_in().status_code == 200


@pytest.fixture
def tablets(app: Flask, school: None, settings: Settings) -> Iterator[Tablets]:
    random = Random(20260303)
    server = ForkedServer(settings, app.config["CLOCK"])
    server.start()
    tablets = Tablets(server, app.config["CLOCK"], random)
    tablets.enrol(TEACHERS[0])
    tablets.enrol(TEACHERS[1])
    yield tablets
    server.stop()


def log() -> dict[str, tuple[str, str]]:
    """Digest of every tablet's operations, and why one was refused; the table holds no id twice."""
    db.session.rollback()
    of_tablets = select(Operation).where(Operation.device_id.not_in(OWN_DEVICES))
    return {
        operation.id: (operation.digest, operation.reason or APPLIED) for operation in db.session.scalars(of_tablets)
    }


def test_line_3_nothing_acknowledged_is_lost_and_nothing_doubled_over_random_restores(
    tablets: Tablets, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
):
    random, database = tablets.random, db.engine.dialect.name
    for round_ in range(MANY_ROUNDS if request.config.getoption("--long") else ROUNDS[database]):
        tablets.work(WORK // 2)
        make(tmp_path / f"{round_}.zip", settings)
        if round_ % 5 == 2 or not round_:
            tablets.enrol(TEACHERS[2])  # a tablet the backup knows nothing of
        if round_ % 4 == 1:
            returning = random.choice(tablets.all)
            returning.staff = TEACHERS[2]  # a sign-in the backup knows nothing of
            assert returning.sign_in().status_code == 200
        tablets.work(WORK)
        acknowledged = log()
        older = round_ and random.choice((0, 0, 1))
        tablets.lose_work(tmp_path / f"{round_ - older}.zip", settings)
        for tablet in random.sample(tablets.all, len(tablets.all)):
            tablets.sync(tablet)
        check(tablets, acknowledged)


def check(tablets: Tablets, acknowledged: dict[str, tuple[str, str]]) -> None:
    stored = log()
    of_tablets = {tablet.id_of(op) for tablet in tablets.all for op in tablet.ops}
    assert stored.keys() == of_tablets
    for name, (digest, was) in acknowledged.items():
        assert stored[name][0] == digest
        assert stored[name][1] in (was, *STANDS), f"{name}: {was} before, {stored[name][1]} now"
    assert not any(rebuild().values())
    for tablet in tablets.all:
        tablets.sync(tablet)
        assert tablet.rows | refusals_of(tablets.all[0]) == tablets.all[0].rows | refusals_of(tablet)


def refusals_of(tablet: Tablet) -> dict[tuple[str, str], object]:
    """What is on one tablet's own list alone."""
    return {key: row for key, row in tablet.rows.items() if key[0] == "refusals"}


def test_what_waited_for_another_tablet_is_applied_once_that_has_come_and_leaves_the_list(
    tablets: Tablets, settings: Settings, tmp_path: Path
):
    first, second = tablets.all
    make(tmp_path / "backup.zip", settings)
    enter = first.record("space.enter", {"space": "hazel", "student": "1"})
    tablets.sync(first)
    second.record("space.leave", {"stay": first.id_of(enter), "free_to_leave": False})
    tablets.sync(second)
    tablets.lose_work(tmp_path / "backup.zip", settings)
    tablets.sync(second)
    assert list(second.table("refusals")) == [second.id_of(second.ops[0])]
    tablets.sync(first)
    tablets.sync(second)
    assert second.table("refusals") == {}
    assert db.session.get_one(Stay, first.id_of(enter)).free_to_leave is False
    assert db.session.query(Overturned).count() == 1
    assert not any(rebuild().values())


def test_what_happened_in_the_time_lost_is_taken_from_all_staff_and_later_work_only_while_a_sign_in_lasts(
    tablets: Tablets, settings: Settings, tmp_path: Path
):
    tablet, clock = tablets.all[0], tablets.clock
    make(tmp_path / "backup.zip", settings)
    tablets.server.kill()
    clock.move(minutes=1)
    lost = tablet.mark(1, 1, 5, by=TEACHERS[2])
    made_up = tablet.mark(1, 2, 5, by="nobody")
    clock.move(minutes=1)
    restore(tmp_path / "backup.zip", settings)
    soon = tablet.mark(1, 3, 5, by=TEACHERS[2])
    clock.move(days=8)
    late = tablet.mark(1, 4, 5, by=TEACHERS[2])
    with writing():
        db.session.execute(update(SignIn).values(until=clock.now))
    tablets.server.start()
    tablets.hang_up()
    answer = tablet.push()
    assert [note["n"] for note in answer.json["notes"]] == [made_up["n"], late["n"]]
    assert {score.lesson_id for score in db.session.scalars(select(Score))} == {1, 3}
    assert lost["n"] < soon["n"]


def test_a_tablet_is_only_taken_up_as_who_it_was_by_a_school_that_was_restored(tablets: Tablets):
    tablet = replace(tablets.all[0])
    for was in (
        {"device": "d99", "incarnation": "abcd", "gone": 3},
        {"device": "browser", "incarnation": "abcd", "gone": 0},
        {"device": "d99", "incarnation": "abcd", "gone": -1},
        {"device": ["d99"], "incarnation": None, "gone": True},
        "d99",
        None,
    ):
        answer = tablet.post("enrol", {"code": tablets.code(), "name": "Tablet", "was": was})
        assert (answer.status_code, answer.json["device"] == "d99", "had" in answer.json) == (200, False, False)


def test_a_tablet_the_school_knows_is_told_how_much_of_it_there_is(tablets: Tablets):
    tablet = tablets.all[0]
    tablet.mark(1, 1, 3)
    tablets.sync(tablet)
    was = {"device": tablet.device, "incarnation": tablet.incarnation, "gone": 0}
    answer = tablet.post("enrol", {"code": tablets.code(), "name": "Tablet", "was": was})
    assert answer.json["had"] == 1
    assert answer.json["device"] != tablet.device


def test_a_revoked_tablet_stays_revoked_though_the_backup_is_older(
    tablets: Tablets, settings: Settings, tmp_path: Path
):
    make(tmp_path / "backup.zip", settings)
    tablet = tablets.all[0]
    with writing() as revs:
        revoke(db.session.get_one(Device, tablet.device), tablets.clock.now, revs)
    tablets.lose_work(tmp_path / "backup.zip", settings)
    assert tablet.push().json["reason"] == "revoked"
    assert tablet.client.get("/sync/v1/pull").status_code == 401
    assert db.session.query(Restoration).count() == 1
