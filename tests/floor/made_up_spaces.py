"""Made-up calls for the spaces of a made-up school: the same for the same seed, with everything that can stand."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from webapp.domain.time.moment import instant
from webapp.school.clock import SCHOOL_ZONE

Row = dict[str, Any]

CALLS = {
    "purpose": "A calm place <to> settle.",
    "lapse": 10,
    "unnamed": 5,
    "reasons": [{"key": "upset", "name": "Upset"}, {"key": "talk", "name": "Wants to talk"}],
    "never": ["punishment", "storage"],
    "strategies": [{"key": "quiet", "name": "Quiet"}, {"key": "air", "name": "Fresh air & after it"}],
    "interventions": [{"key": "draw-and-talk", "name": "Draw and talk"}],
}
STATUSES = ("asked", "confirmed", "confirmed", "waiting", "entered", "cancelled", "lapsed")


def space_row(name: str, key_stage: int = 3, capacity: int = 1, *beside: str) -> Row:
    row = {"id": name, "name": name.title(), "key_stage": key_stage, "capacity": capacity}
    return row | {"beside": list(beside), "planned": True}


SPACES = [space_row("hazel", 3, 1, "chestnut"), space_row("chestnut", 3, 1, "hazel"), space_row("oak", 4, 2)]


class Calls:
    """The tables of the spaces, for a school with these students and staff at this moment."""

    def __init__(self, random: Random, now: datetime, students: list[str], staff: list[str]) -> None:
        self.random, self.now = random, now
        self.students, self.staff = students, staff
        self.tables: dict[str, dict[str, Row]] = {"spaces": {row["id"]: row for row in SPACES}}
        self.tables["asks"] = self.some("k", 14, self.ask)
        self.tables["stays"] = self.some("s", 9, self.stay)
        self.tables["assists"] = self.some("h", 4, self.assist)
        self.tables["plans"] = self.some("p", 8, self.plan)
        self.tables["apart"] = self.some("a", 6, self.pair)

    def some(self, letter: str, most: int, make: Any) -> dict[str, Row]:
        names = [f"d2.xyz.{letter}{n}" for n in range(self.random.randrange(most + 1))]
        return {name: {"id": name, **make()} for name in names}

    def ago(self) -> datetime:
        """Mostly a while ago, now and then on another day."""
        minutes = self.random.choice([0, 1, 4, 9, 31, 31, 200, 1500, 25_000])
        return self.now - timedelta(minutes=minutes, seconds=self.random.randrange(60))

    def space(self) -> str:
        return self.random.choice(list(self.tables["spaces"]))

    def who(self) -> str:
        return self.random.choice([*self.staff, "left"])

    def acks(self) -> list[list[str]]:
        return [[name, instant(self.ago())] for name in self.staff if self.random.random() < 0.3]

    def ask(self) -> Row:
        at, status = self.ago(), self.random.choice(STATUSES)
        until = instant(at + timedelta(minutes=10)) if status in ("confirmed", "entered") else None
        row = {"space": self.space(), "student": self.random.choice(self.students), "by": self.who()}
        return row | {"at": instant(at), "status": status, "why": None, "until": until, "acks": self.acks()}

    def stay(self) -> Row:
        entered = self.ago()
        since = entered if self.random.random() < 0.6 else min(self.now, entered + timedelta(minutes=3))
        left = self.random.choice([None, None, instant(self.now)])
        row: Row = {"space": self.space(), "student": self.random.choice(self.students), "by": self.who()}
        row |= {"staff": self.random.choice([*self.staff, None]), "staff_since": instant(since), "why": None}
        row |= {"entered": instant(entered), "left": left, "free_to_leave": None if left is None else True}
        return row | {"clash": self.random.random() < 0.4, "ask": None, "acks": self.acks()}

    def assist(self) -> Row:
        row = {"space": self.random.choice([self.space(), None]), "place": self.random.choice(["", "By the <gym>"])}
        row |= {"message": self.random.choice(["", "Two of us, please"]), "by": self.who()}
        return row | {"at": instant(self.ago()), "acks": self.acks()}

    def plan(self) -> Row:
        today = self.now.astimezone(SCHOOL_ZONE)
        starts = max(0, today.hour + self.random.randrange(-2, 3))
        first = today.date() + timedelta(days=self.random.choice([-30, -7, 0, 1]))
        row: Row = {"space": self.space(), "kind": self.random.choice(["draw-and-talk", "gone"]), "by": self.who()}
        row |= {"weekday": self.random.choice([today.isoweekday()] * 3 + [2]), "staff": self.who()}
        row |= {
            "starts": f"{min(22, starts):02}:15",
            "ends": f"{min(22, starts) + 1:02}:10",
            "first": first.isoformat(),
        }
        row |= {key: self.random.choice([None, None, self.day(today.date())]) for key in ("last", "ended")}
        return row | {"students": self.random.sample(self.students, 2)}

    def day(self, today: date) -> str:
        return (today + timedelta(days=self.random.choice([-1, 0, 1]))).isoformat()

    def pair(self) -> Row:
        return {"students": self.random.sample(self.students, 2)}
