"""Made-up rewards: the room, choices and awards, the same for the same seed, with everything that can stand."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from webapp.domain.time.calendar import week_of
from webapp.domain.time.moment import instant
from webapp.school.clock import SCHOOL_ZONE

Row = dict[str, Any]

BOTH = ["heroic", "creative"]
REWARDS: Row = {
    "room": {"name": "Reward <room>", "capacity": 3, "windows": ["break", "lunch"], "levels": ["heroic"]},
    "pauses": [
        {"name": "Break", "kind": "break", "starts": "10:40", "ends": "11:00"},
        {"name": "Early & late lunch", "kind": "lunch", "starts": "12:00", "ends": "13:30"},
        {"name": "Lunch", "kind": "lunch", "starts": "12:40", "ends": "13:20"},
        {"name": "Tea", "kind": "tea", "starts": "15:00", "ends": "16:00"},
    ],
    "options": [
        {"key": "cooking", "name": "Cooking", "capacity": 2, "levels": BOTH},
        {"key": "sport", "name": "Sport & games", "capacity": 9, "levels": BOTH},
        {"key": "room", "name": "Reward room", "capacity": 2, "levels": ["heroic"]},
    ],
    "pathway": {
        "key_stages": [4],
        "awards": [
            {"key": "week", "kind": "attendance", "name": "A full week", "reward": "A <snack>"},
            {"key": "unit", "kind": "milestone", "name": "A unit finished", "reward": "A letter home"},
        ],
    },
}
"""What the school's row says of them."""


class Rewards:
    """The tables of the rewards, for a school with these students and staff at this moment."""

    def __init__(self, random: Random, now: datetime, students: list[str], staff: list[str]) -> None:
        self.random, self.now = random, now
        self.students, self.staff = students, staff
        self.tables: dict[str, dict[str, Row]] = {
            "admissions": {row["id"]: row for row in map(self.admission, range(random.choice([0, 12, 12, 40])))},
            "choices": {row["id"]: row for row in map(self.choice, students) if random.random() < 0.7},
            "awards": {row["id"]: row for row in map(self.award, range(random.randrange(16)))},
        }

    @property
    def today(self) -> date:
        return self.now.astimezone(SCHOOL_ZONE).date()

    def day(self) -> date:
        return self.today - timedelta(days=self.random.choice([0, 0, 0, 1, 7]))

    def who(self) -> str:
        return self.random.choice([*self.staff, "left"])

    def admission(self, number: int) -> Row:
        day = self.day()
        at = datetime.combine(day, time(self.random.randrange(10, 14), self.random.randrange(60)), SCHOOL_ZONE)
        row = {"id": f"d1.abc.r{number}", "student": self.random.choice(self.students), "by": self.who()}
        row |= {"window": f"{day}/{self.random.choice(['break', 'lunch', 'lunch', 'tea'])}", "at": instant(at)}
        return row | {"left": self.random.choice([None, None, instant(at)]), "again": False}

    def choice(self, student: str) -> Row:
        week = week_of(self.day())
        row = {"id": f"{student}.{week}", "student": student, "week": week, "by": self.who(), "at": instant(self.now)}
        return row | {"choice": self.random.choice(["cooking", "cooking", "sport", "room", "gone", None])}

    def award(self, number: int) -> Row:
        row = {"id": f"d1.abc.w{number}", "student": self.random.choice(self.students), "by": self.who()}
        row |= {"award": self.random.choice(["week", "unit", "gone"]), "day": self.day().isoformat()}
        return row | {"note": self.random.choice(["", "Every day, <even> Monday"])}
