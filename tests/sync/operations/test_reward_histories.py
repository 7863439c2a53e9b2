"""Two tills, reception's tablet, one school and a network that comes and goes: the tuck shop and the reward room.

Each history is a day. The tablets sell and let in by the rows they hold, as any client of the protocol would; what must
hold at the end is worked out from what people did.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask

from tests.builders import (
    Tablet,
    be_signed_in_for_ever,
    create_group,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from tests.builders_rewards import do, give
from webapp.domain.time.calendar import week_of
from webapp.sync.log.rebuild import rebuild

HISTORIES = 50
MANY = 4_000
STEPS = (6, 14)
GROUPS = ("8B", "9H")
ALLOWANCES = {"1": 2, "2": 1, "3": 0, "4": 2}  # by the mark of last week
MARKS = {"1": 5, "2": 4, "3": 1, "4": 5}
ITEMS = ("apple", "juice")  # each counts as one
FIRST_MORNING = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
PAUSES = ("break", "lunch")


@dataclass
class Client:
    """A tablet that keeps the rules of the tuck shop by what it holds."""

    tablet: Tablet
    upto: int = 0
    online: bool = True

    @property
    def waiting(self) -> list[dict[str, Any]]:
        return self.tablet.ops[self.upto :]

    def sync(self) -> dict[int, str]:
        """The reasons of what was refused, by number."""
        notes = {}
        if self.waiting:
            answer = self.tablet.push(self.waiting)
            assert answer.status_code == 200, answer.text
            self.upto = answer.json["upto"]
            notes = {note["n"]: note["reason"] for note in answer.json["notes"]}
        self.tablet.pull()
        return notes

    def let_go(self) -> None:
        """Releases the groups that are to move away from here, once."""
        asked = {op["body"]["group"] for op in self.waiting if op["kind"] == "till.release"}
        for group, row in self.tablet.table("tills").items():
            if row["device"] == self.tablet.device and row["to"] and group not in asked:
                self.tablet.record("till.release", {"group": group})

    def serves(self, group: str) -> bool:
        row = self.tablet.table("tills").get(group)
        if row:
            return bool(row["device"] == self.tablet.device and not row["to"])
        return bool(self.tablet.table("school")["school"]["till"] == self.tablet.device)

    def left(self, student: str, day: str) -> int:
        """What is left of the day's allowance by this tablet's rows and what it has not sent."""
        week = week_of(date.fromisoformat(day))
        level = self.tablet.table("levels").get(f"{student}.{week}", {}).get("level")
        rules = self.tablet.table("school")["school"]["levels"]
        allowance = next((rule["tuck_items"] for rule in rules if rule["key"] == level), 0)
        return int(allowance) - len(self.standing(student, day))

    def standing(self, student: str, day: str) -> list[str]:
        """The sales of a day that stand here."""
        rows = self.tablet.table("redemptions").values()
        sales = [row["id"] for row in rows if (row["student"], row["day"], row["void"]) == (student, day, False)]
        for op in self.waiting:
            if op["kind"] == "tuck.redeem" and (op["body"]["student"], op["body"]["day"]) == (student, day):
                sales.append(self.tablet.id_of(op))
            if op["kind"] == "tuck.void" and op["body"]["redemption"] in sales:
                sales.remove(op["body"]["redemption"])
        return sales


@dataclass
class Day:
    """One day of the shop and the room."""

    clients: list[Client]
    random: Random
    day: date
    sold: dict[str, str] = field(default_factory=dict)
    returned: set[str] = field(default_factory=set)
    admitted: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.day.isoformat()

    def run(self) -> None:
        for _ in range(self.random.randint(*STEPS)):
            client = self.random.choice(self.clients)
            client.tablet.clock.move(seconds=self.random.randrange(1, 90))
            if self.random.random() < 0.2:
                client.online = not client.online
            else:
                self.random.choice((self.sell, self.sell, self.sell, self.take_back, self.door, self.move_duty))(client)
            if client.online:
                self.sync(client)
        for client in (*self.clients, *self.clients, *self.clients):  # until a release has reached everybody
            self.sync(client)

    def sync(self, client: Client) -> None:
        for n, reason in client.sync().items():
            self.refused[client.tablet.id_of(client.tablet.ops[n - 1])] = reason
        client.let_go()

    def sell(self, client: Client) -> None:
        student = self.random.choice(list(ALLOWANCES))
        group = client.tablet.table("students")[student]["group"]
        if client.serves(group) and client.left(student, self.name) > 0:
            body = {"student": student, "item": self.random.choice(ITEMS), "day": self.name}
            self.sold[client.tablet.id_of(client.tablet.record("tuck.redeem", body))] = student

    def take_back(self, client: Client) -> None:
        own = f"{client.tablet.device}."
        sales = [sale for student in ALLOWANCES for sale in client.standing(student, self.name) if sale.startswith(own)]
        if sales:
            sale = self.random.choice(sales)
            client.tablet.record("tuck.void", {"redemption": sale})
            self.returned.add(sale)

    def door(self, client: Client) -> None:
        """Mostly by the level the tablet holds; now and then somebody lets in whoever asks."""
        student, window = self.random.choice(list(ALLOWANCES)), f"{self.name}/{self.random.choice(PAUSES)}"
        inside = [row for row in client.tablet.table("admissions").values() if row["left"] is None]
        if inside and self.random.random() < 0.4:
            client.tablet.record("room.leave", {"admission": self.random.choice(inside)["id"]})
        elif ALLOWANCES[student] == 2 or self.random.random() < 0.2:
            op = client.tablet.record("room.admit", {"student": student, "window": window})
            self.admitted[client.tablet.id_of(op)] = student

    def move_duty(self, _client: Client) -> None:
        to = self.random.choice(self.clients[:2]).tablet.device
        assert do("till.move", {"group": self.random.choice(GROUPS), "to": to}, "o.office") is None

    def nobody_got_more_than_the_allowance(self) -> None:
        """Neither by what is written, nor by what left the shelf."""
        taken = Counter(student for sale, student in self.sold.items() if sale not in self.returned)
        assert all(taken[student] <= allowance for student, allowance in ALLOWANCES.items()), taken
        rows = self.clients[0].tablet.table("redemptions").values()
        written = Counter(row["student"] for row in rows if row["day"] == self.name and not row["void"])
        assert written == taken

    def nothing_is_lost(self) -> None:
        sales = self.clients[0].tablet.table("redemptions")
        assert not self.refused.keys() & self.sold.keys()
        assert self.sold.keys() <= sales.keys()
        admissions = self.clients[0].tablet.table("admissions")
        for name, student in self.admitted.items():
            entitled = ALLOWANCES[student] == 2
            assert (name in admissions) == entitled
            assert (self.refused.get(name) == "not-entitled") == (not entitled)

    def all_agree(self) -> None:
        for table in ("redemptions", "admissions", "items", "tills", "levels"):
            first, *others = (client.tablet.table(table) for client in self.clients)
            assert all(other == first for other in others), table

    def what_is_left_is_told(self) -> None:
        taken = Counter(student for sale, student in self.sold.items() if sale not in self.returned)
        levels = self.clients[2].tablet.table("levels")
        for student, allowance in ALLOWANCES.items():
            assert levels[f"{student}.{week_of(self.day)}"]["tuck_left"] == allowance - taken[student]


@pytest.fixture
def clients(app: Flask) -> list[Client]:
    app.config["CLOCK"].now = FIRST_MORNING
    create_year(end=date(2099, 7, 21))
    for group in GROUPS:
        create_group(group)
    for role in ("office", "tuck-shop", "reception"):
        create_staff(f"{role[0]}.{role}", role=role)
    create_staff()
    for student in MARKS:
        create_student(group=group_of(student))
    made = [create_tablet(app, "t.tuck-shop", duty="till") for _ in range(2)]
    made.append(create_tablet(app, "r.reception", duty="reception"))
    be_signed_in_for_ever()
    return [Client(tablet) for tablet in made]


def group_of(student: str) -> str:
    return GROUPS[int(student) % 2]


def mark_the_week_before(monday: date) -> None:
    for student, mark in MARKS.items():
        give(int(student), mark, monday - timedelta(days=3), group=group_of(student))


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nobody_gets_more_than_the_allowance_in_any_partition(clients: list[Client], request: pytest.FixtureRequest):
    clock = clients[0].tablet.clock
    for number in range(MANY if request.config.getoption("--long") else HISTORIES):
        weeks, weekday = divmod(number, 5)
        clock.now = FIRST_MORNING + timedelta(weeks=weeks, days=weekday)
        if weekday == 0:
            mark_the_week_before(clock.now.date())
        for client in clients:
            client.sync()
        day = Day(clients, Random(number), clock.now.date())
        day.run()
        day.nobody_got_more_than_the_allowance()
        day.nothing_is_lost()
        day.all_agree()
        day.what_is_left_is_told()
    assert not any(rebuild().values())
