"""Three tablets, one school and a network that comes and goes: the reflection spaces in random partitions.

Each history is a day. What must hold at the end of it is worked out from what people did, not from the school's code.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask

from tests.builders import (
    Clock,
    Tablet,
    be_signed_in_for_ever,
    create_group,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from webapp.sync.log.rebuild import rebuild

HISTORIES = 240
MANY = 20_000
PARTS = 4  # so that processes can share them out
STEPS = (2, 7)
SPACES = ("chestnut", "hazel")  # each takes one student
STUDENTS = ("1", "2", "3", "4")
TEACHERS = ("a.adeyemi", "b.boyle", "c.chen")
FIRST_MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ENDS = {"confirmed", "waiting", "entered", "cancelled", "lapsed"}
SOON = timedelta(minutes=10)  # how long the school holds a place


@dataclass
class Visit:
    """A student really in a space, as somebody standing at the door would have noted it."""

    name: str
    by: str
    space: str
    student: str
    entered: datetime
    left: datetime | None = None

    def meets(self, other: "Visit", midnight: datetime) -> bool:
        apart = (self.left or midnight) <= other.entered or (other.left or midnight) <= self.entered
        return self.space == other.space and not apart and self.name != other.name


@dataclass
class Day:
    """One day of three tablets, of which some cannot reach the school for a while."""

    clock: Clock
    tablets: list[Tablet]
    random: Random
    upto: list[int]
    online: list[bool] = field(default_factory=lambda: [True, True, True])
    asks: dict[str, str] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    recorded: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        for _ in range(self.random.randint(*STEPS)):
            self.clock.move(minutes=self.random.choice((0, 0, 1, 2, 5, 12)), seconds=self.random.randrange(60))
            who = self.random.randrange(3)
            if self.random.random() < 0.25:
                self.online[who] = not self.online[who]
            else:
                self.random.choice(
                    (self.ask, self.ask, self.enter, self.enter, self.leave, self.hand_over, self.cancel)
                )(who)
            if self.online[who]:
                self.sync(who)
        self.online = [True, True, True]
        for who in range(3):
            self.send(who)
        for who in range(3):
            self.hear(who)

    # What people do

    def record(self, who: int, kind: str, body: dict[str, Any]) -> str:
        tablet = self.tablets[who]
        op = tablet.record(f"space.{kind}", body)
        name = f"{tablet.device}.{tablet.incarnation}.{op['n']}"
        self.recorded[name] = kind
        return name

    def ask(self, who: int) -> None:
        student = self.random.choice(STUDENTS)
        name = self.record(who, "ask", {"space": self.random.choice(SPACES), "student": student})
        self.asks[name] = student

    def enter(self, who: int) -> None:
        """Somebody who is in no space goes into one, mostly where their tablet says that they have asked."""
        inside = {visit.student for visit in self.visits.values() if visit.left is None}
        outside = [student for student in STUDENTS if student not in inside]
        if not outside:
            return
        space, student = self.random.choice(SPACES), self.random.choice(outside)
        own = [row for row in self.tablets[who].table("asks").values() if row["student"] == student]
        body: dict[str, Any] = {"space": space, "student": student}
        if own and own[-1]["status"] in ("confirmed", "waiting") and self.random.random() < 0.7:
            body |= {"space": own[-1]["space"], "ask": own[-1]["id"]}
        name = self.record(who, "enter", body)
        self.visits[name] = Visit(name, TEACHERS[who], body["space"], student, self.clock.now)

    def leave(self, who: int) -> None:
        """Whoever is in goes out; the tablet at hand records it if it knows of the stay."""
        known = [visit for visit in self.visits.values() if visit.left is None and self.knows(who, visit)]
        if known:
            visit = self.random.choice(known)
            self.record(who, "leave", {"stay": visit.name, "free_to_leave": self.random.random() < 0.8})
            visit.left = self.clock.now

    def hand_over(self, who: int) -> None:
        known = [visit for visit in self.visits.values() if visit.left is None and self.knows(who, visit)]
        if known:
            self.record(who, "handover", {"stay": self.random.choice(known).name, "staff": TEACHERS[who]})

    def cancel(self, who: int) -> None:
        live = [
            row["id"] for row in self.tablets[who].table("asks").values() if row["status"] in ("confirmed", "waiting")
        ]
        if live:
            self.record(who, "cancel", {"ask": self.random.choice(live)})

    def knows(self, who: int, visit: Visit) -> bool:
        tablet = self.tablets[who]
        return visit.name.startswith(f"{tablet.device}.{tablet.incarnation}.") or ("stays", visit.name) in tablet.rows

    # What the school and the tablets then say

    def sync(self, who: int) -> None:
        self.send(who)
        self.hear(who)

    def send(self, who: int) -> None:
        tablet = self.tablets[who]
        if tablet.ops[self.upto[who] :]:
            answer = tablet.push(tablet.ops[self.upto[who] :])
            assert answer.status_code == 200, answer.text
            self.upto[who] = answer.json["upto"]
            prefix = f"{tablet.device}.{tablet.incarnation}."
            self.refused |= {f"{prefix}{note['n']}" for note in answer.json["notes"]}

    def hear(self, who: int) -> None:
        tablet = self.tablets[who]
        tablet.pull()
        self.no_place_is_promised_twice(tablet)
        self.clashes_are_told(tablet)

    def no_place_is_promised_twice(self, tablet: Tablet) -> None:
        stays = [row for row in self.rows(tablet, "stays") if row["left"] is None and not row["clash"]]
        asks = [row for row in self.rows(tablet, "asks") if row["status"] == "confirmed"]
        for space in SPACES:
            taken = [row for row in (*stays, *asks) if row["space"] == space]
            assert len(taken) <= 1, taken

    def clashes_are_told(self, tablet: Tablet) -> None:
        """Of the visits that the tablet has rows of, exactly those that met another carry the mark."""
        midnight = self.clock.now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        rows = {row["id"]: row for row in self.rows(tablet, "stays")}
        known = [self.as_told(self.visits[name], row) for name, row in rows.items()]
        for visit in known:
            met = any(visit.meets(other, midnight) for other in known)
            assert rows[visit.name]["clash"] == met, (visit, known)

    def as_told(self, visit: Visit, row: dict[str, Any]) -> Visit:
        """A visit as far as the school has heard of it."""
        return visit if row["left"] else Visit(visit.name, visit.by, visit.space, visit.student, visit.entered)

    def rows(self, tablet: Tablet, table: str) -> list[dict[str, Any]]:
        """Today's."""
        moment = "at" if table == "asks" else "entered"
        return [row for row in tablet.table(table).values() if row[moment][:10] == self.clock.now.date().isoformat()]

    def nothing_is_lost(self) -> None:
        asks, stays = self.tablets[0].table("asks"), self.tablets[0].table("stays")
        for name, kind in self.recorded.items():
            if name in self.refused:
                continue
            if kind == "ask":
                assert asks[name]["status"] in ENDS
            if kind == "enter":
                assert stays[name]["by"] == self.visits[name].by
                assert datetime.fromisoformat(stays[name]["entered"]) == as_written(self.visits[name].entered)
        left = {name for name, visit in self.visits.items() if visit.left and name not in self.refused}
        assert {name for name in self.visits if name in stays and stays[name]["left"]} == left

    def all_agree(self) -> None:
        for table in ("asks", "stays"):
            first, *others = (self.tablets[n].table(table) for n in range(3))
            assert all(other == first for other in others)


def as_written(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@pytest.fixture
def tablets(app: Flask) -> list[Tablet]:
    clock: Clock = app.config["CLOCK"]
    clock.now = FIRST_MORNING
    create_year()
    create_group()
    for username in TEACHERS:
        create_staff(username)
    for _ in STUDENTS:
        create_student()
    made = [create_tablet(app, username) for username in TEACHERS]
    be_signed_in_for_ever()
    return made


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_spaces_stay_honest_in_any_partition(tablets: list[Tablet], part: int, request: pytest.FixtureRequest):
    clock, upto = tablets[0].clock, [0, 0, 0]
    for number in range(part, MANY if request.config.getoption("--long") else HISTORIES, PARTS):
        clock.now = FIRST_MORNING + timedelta(days=number)
        day = Day(clock, tablets, Random(number), upto)
        try:
            day.run()
            day.nothing_is_lost()
            day.all_agree()
        except AssertionError as error:
            raise AssertionError(f"history {number}: {error}") from error
    assert not any(rebuild().values())
