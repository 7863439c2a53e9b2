"""Made-up schools as tablets hold them: the same for the same seed, with everything that makes screens differ."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.floor.made_up_rewards import REWARDS, Rewards
from tests.floor.made_up_spaces import CALLS, Calls
from tests.floor.made_up_tuck import TUCK, Tuck
from webapp.domain.text.text import sort_key
from webapp.domain.time.calendar import week_of
from webapp.domain.time.moment import instant
from webapp.floor.both.parts.facts import local_day
from webapp.floor.both.parts.viewer import Viewer
from webapp.school.clock import SCHOOL_ZONE
from webapp.sync.tables.rows import by_weekday

NAMES = [
    *(
        "Zoë Ní Bhriain",
        "Łukasz Okafor",
        "Ngọc d’Souza",
        "محمد العلي",
        "李小龍",
        "Siân 𝒜stra",
        "\uffeeHalf",
        "😀 Emoji",
    ),
    *("<script>alert(1)</script>", "\"quoted\" & 'single'", "=1+1", "\u202eright to left", "{{ 7 * 7 }}", "İstanbul ß"),
]
MARKS: list[Any] = [0, 1, 2, 3, 3, 4, 4, 5, "authorised", "exempt", None]
ROLES = list(enumerate(("teacher", "head", "sendco", "reception")))
PERIODS = ["1", "2", "3", "10", "P4"]
SCHOOL = {
    "id": "school",
    "name": "Hazelwood School",
    "policy": "REACH",
    "marks": [
        {"mark": mark, "name": name, "criteria": ["Joins in", "Makes progress"]}
        for mark, name in zip(
            range(5, -1, -1), ("Heroic", "Creative", "Active", "Engaged", "Ready", "Did not achieve"), strict=True
        )
    ],
    "codes": [{"mark": "authorised", "name": "Authorised absence"}, {"mark": "exempt", "name": "Exempt"}],
    "levels": [
        {"key": "heroic", "name": "Heroic", "threshold": [23, 5], "clause": "4.1", "tuck_items": 2},
        {"key": "creative", "name": "Creative", "threshold": [4, 1], "clause": "4.1", "tuck_items": 1},
    ],
    "versions": [],
    "calls": CALLS,
    **TUCK,
    **REWARDS,
}


class MadeUp:
    """`tables`, `viewer` and `now` of one made-up school."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        first = datetime(2025, 9, 1, 7, tzinfo=UTC)
        self.now = first + timedelta(minutes=self.random.randrange(300 * 24 * 60), milliseconds=137)
        self.today = date.fromisoformat(local_day(self.now))
        self.tables: Any = {name: {} for name in ("refusals", "caps", "levels", "scores")}
        self.tables["school"] = {"school": SCHOOL | {"versions": self.versions()}}
        self.tables["groups"] = {f"g{n}": {"id": f"g{n}", "name": f"{n}B", "key_stage": 3} for n in (7, 8)}
        self.tables["staff"] = self.by_id(self.person(f"t{n}", NAMES[n], role) for n, role in ROLES)
        self.tables["students"] = self.by_id(self.student(n) for n in range(1, 12))
        self.tables["lessons"] = self.by_id(self.lesson(n) for n in range(1, 60))
        self.tables["memberships"] = self.by_id(self.membership(n) for n in range(1, 20))
        calls = Calls(self.random, self.now, list(self.tables["students"]), list(self.tables["staff"]))
        people = {name: list(self.tables[name]) for name in ("students", "staff", "groups")}
        self.tables |= calls.tables | Tuck(self.random, self.now, self.today, people).tables
        self.tables |= Rewards(self.random, self.now, people["students"], people["staff"]).tables
        self.viewer = self.make_viewer()
        for _ in range(150):
            self.score()
        for student in self.tables["students"]:
            self.level(student)
            if self.random.random() < 0.5:
                self.cap(student)

    @staticmethod
    def by_id(rows: Any) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in rows}

    def pick(self, table: str) -> str:
        return self.random.choice(list(self.tables[table]))

    def day(self, reach: int) -> str:
        return (self.today + timedelta(days=self.random.randint(-reach, reach))).isoformat()

    def maybe(self, value: Any) -> Any:
        return value if self.random.random() < 0.3 else None

    def student(self, number: int) -> dict[str, Any]:
        name = self.random.choice(NAMES)
        return {
            "id": str(number),
            "name": name,
            "sort": sort_key(name),
            "group": self.random.choice(["g7", "g8"]),
            "key_stage": self.random.choice([3, 3, 4]),
            "year": 8,
            "joined": self.maybe(self.day(10)),
            "left": self.maybe(self.day(10)),
            "part_time": [self.away() for _ in range(self.random.choice([0, 0, 0, 6]))],
            "spells": [[self.maybe(self.day(20)), self.day(10)] for _ in range(self.random.choice([0, 0, 1]))],
        }

    def person(self, name: str, called: str, role: str) -> dict[str, Any]:
        return {"id": name, "name": called, "role": role, "left": self.maybe(self.day(3))}

    def away(self) -> list[Any]:
        """A period that is not the student's."""
        return [self.random.randint(1, 5), self.random.choice(PERIODS), self.day(20), self.maybe(self.day(20))]

    def lesson(self, number: int) -> dict[str, Any]:
        day = self.day(16) if number % 2 else self.day(3)
        begins = datetime.combine(
            date.fromisoformat(day), time(8 + self.random.randrange(7), 5), SCHOOL_ZONE
        ).astimezone(UTC)
        staff = [self.random.choice([*self.tables["staff"], "left"]) for _ in range(self.random.choice((1, 1, 2, 0)))]
        return {
            "id": str(number),
            "date": day,
            "period": self.random.choice(PERIODS),
            "group": self.random.choice(["g7", "g8", "gone"]),
            "subject": self.random.choice(["Maths", "<b>Art</b>", "Cymraeg"]),
            "staff": staff[0] if staff else "",
            "staff_all": staff,
            "covered": [one for one in self.tables["staff"] if staff and self.random.random() < 0.1],
            "room": self.maybe(self.random.choice(["12", "<i>Lab</i>"])),
            "week": self.maybe(self.random.choice("AB")),
            "starts": instant(begins),
            "ends": instant(begins + timedelta(minutes=50)),
            "guests": self.random.sample(list(self.tables["students"]), self.random.choice([0, 0, 0, 1, 2])),
        }

    def membership(self, number: int) -> dict[str, Any]:
        """Some are in no class, some in several, and some from or until a day."""
        return {
            "id": str(number),
            "student": self.pick("students"),
            "class": self.random.choice(["g7", "g8", "gone"]),
            "from": self.maybe(self.day(10)),
            "until": self.maybe(self.day(10)),
        }

    def versions(self) -> list[dict[str, Any]]:
        """No change of the policy, or some before and after today."""
        weeks = ["", *sorted(self.any_week() for _ in range(self.random.randrange(3)))]
        return [{"week": week, "levels": self.levels()} for week in weeks] if len(weeks) > 1 else []

    def any_week(self) -> str:
        return week_of(self.today + timedelta(weeks=self.random.randint(-2, 2)))

    def levels(self) -> list[dict[str, Any]]:
        """The school's, with other numbers."""
        least = sorted((self.random.randrange(1000, 5000) for _ in SCHOOL["levels"]), reverse=True)
        return [
            rule | {"threshold": [one, 1000], "tuck_items": self.random.randrange(4)}
            for rule, one in zip(SCHOOL["levels"], least, strict=True)
        ]

    def make_viewer(self) -> Viewer:
        staff = self.random.choice([*self.tables["staff"]])
        signed_in = [name for name in self.tables["staff"] if name == staff or self.random.random() < 0.5]
        device = self.random.choice(["d1", "browser"])
        silence = self.random.choice([None, -3, 0, 9, 11, 59, 61, 119, 120, 7000])
        return Viewer(
            device,
            "abc",
            staff,
            signed_in,
            trouble=self.maybe("Ask the office <now>."),
            on_call=self.random.random() < 0.5,
            heard=None if silence is None else instant(self.now - timedelta(seconds=silence)),
            duty=self.random.choice(["floor", "till", "reception"]),
            pins=[name for name in signed_in if self.random.random() < 0.3],
        )

    def score(self) -> None:
        """A mark: pulled, or recorded here, and then perhaps waiting, perhaps refused."""
        student, lesson = self.pick("students"), self.pick("lessons")
        shown = self.tables["scores"].get(f"{student}.{lesson}")
        at = instant(self.now - timedelta(minutes=self.random.choice([0, 3, 200, 3000]), seconds=7))
        mark, by = self.random.choice(MARKS), self.random.choice([*self.tables["staff"], "import"])
        operation = f"d2.xyz.{self.random.randrange(10**6)}"
        if self.random.random() < 0.4 and self.viewer.staff:
            by = self.viewer.staff
            operation = self.own(student, lesson, mark, shown, at)
        if operation not in self.tables["refusals"]:
            row = {"id": f"{student}.{lesson}", "student": student, "lesson": lesson}
            self.tables["scores"][row["id"]] = row | {"mark": mark, "by": by, "at": at, "op": operation}

    def own(self, student: str, lesson: str, mark: Any, shown: dict[str, Any] | None, at: str) -> str:
        number = len(self.viewer.own) + 1
        wall = (
            self.viewer.own[-1]["wall"]
            if self.viewer.own and self.random.random() < 0.3
            else f"2026-03-0{number % 2}T{number}"
        )
        operation: Any = {
            "id": f"d1.abc.{number}",
            "n": number,
            "kind": "score.record",
            "by": self.viewer.staff,
            "at": at,
            "wall": wall,
            "body": {"student": student, "lesson": lesson, "mark": mark, "was": shown["mark"] if shown else None},
            "replaces": shown["op"] if shown else None,
        }
        if shown and shown["op"].startswith("d1.") and self.random.random() < 0.5:
            operation["body"]["undo"] = True
        self.viewer.own.append(operation)
        chance = self.random.random()
        if chance < 0.1:
            refusal = {"reason": "no-such-lesson", "detail": self.random.choice([None, "That <lesson> moved."])}
            known = {key: value for key, value in operation.items() if key not in ("wall", "replaces")}
            self.tables["refusals"][operation["id"]] = known | refusal
        elif chance < 0.3:
            self.viewer.waiting.append(operation)
        return str(operation["id"])

    def level(self, student: str) -> None:
        days = sorted({self.day(6) for _ in range(4)})
        marks = [[day, period, self.random.choice(MARKS)] for day in days for period in self.random.sample(PERIODS, 3)]
        numbers = [mark for _, _, mark in marks if isinstance(mark, int)]
        empty = self.random.random() < 0.2
        week = week_of(self.today)
        self.tables["levels"][f"{student}.{week}"] = {
            "id": f"{student}.{week}",
            "student": student,
            "week": week,
            "level": None,
            "earned": None if empty else self.random.choice(["heroic", "creative", None]),
            "cap": None,
            "mean": [0, 0] if empty else [sum(numbers), len(numbers)],
            "tuck_left": 0,
            "from_week": None if empty else week,
            "marks": by_weekday([] if empty else marks),
        }

    def cap(self, student: str) -> None:
        for _ in range(2):
            name = f"d1.abc.cap{len(self.tables['caps'])}"
            self.tables["caps"][name] = {
                "id": name,
                "student": student,
                "cap": self.random.choice(["none", "creative"]),
                "from": self.day(5),
                "until": self.maybe(self.day(9)),
                "by": "t1",
                "lifted": self.maybe(self.day(4)),
            }
