"""Builders of wire rows: one small school, on which a test changes only what matters to it."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from tests.floor.made_up import SCHOOL
from tests.floor.made_up_spaces import SPACES
from webapp.domain.time.moment import instant
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.viewer import Viewer

NOW = datetime(2026, 3, 3, 10, 21, 7, tzinfo=UTC)
"""Tuesday 3 March 2026, 10:21, in week 10."""

Row = dict[str, Any]
EMPTY = (
    *("students", "lessons", "scores", "levels", "caps", "refusals", "asks", "stays", "assists", "plans", "apart"),
    *("items", "redemptions", "tills", "admissions", "choices", "awards"),
)


def make_tables(**rows: list[Row]) -> Tables:
    """Tables with group 8B and Ada Adeyemi; rows of other tables as given, each student in their group for ever."""
    tables: dict[str, dict[str, Row]] = {name: {} for name in EMPTY}
    tables["spaces"] = {row["id"]: row for row in SPACES}
    tables["school"] = {"school": SCHOOL}
    tables["groups"] = {"8B": {"id": "8B", "name": "8B", "key_stage": 3}}
    tables["staff"] = {
        name: {"id": name, "name": name.title(), "role": "teacher", "left": None} for name in ("ada", "ben")
    }
    students = rows.get("students", [])
    rows = {"memberships": [make_membership(int(row["id"]), row["group"]) for row in students]} | rows
    return cast(Tables, tables | {name: {row["id"]: row for row in given} for name, given in rows.items()})


def make_viewer(staff: str = "ada", **other: Any) -> Viewer:
    return Viewer("d1", "abc", staff, [staff], **other)


def make_student(number: int = 1, name: str = "Zoë Okafor", **other: Any) -> Row:
    row = {"id": str(number), "name": name, "sort": name.lower(), "group": "8B", "key_stage": 3, "year": 8}
    return row | {"joined": None, "left": None, "part_time": []} | other


def make_membership(student: int = 1, group: str = "8B", **other: Any) -> Row:
    """A student in a class for ever; `id` and `until` are given where that is another."""
    return {"id": str(student), "student": str(student), "class": group, "from": None, "until": None} | other


def make_lesson(number: int = 7, day: str = "2026-03-03", period: str = "2", **other: Any) -> Row:
    """A lesson of the hour of its period: period 2 is from 10:00 to 10:50."""
    begins = datetime.fromisoformat(f"{day}T{8 + int(period):02}:00:00Z")
    row = {"id": str(number), "date": day, "period": period, "group": "8B", "subject": "Maths", "staff": "ada"}
    return row | {"starts": instant(begins), "ends": instant(begins + timedelta(minutes=50)), "guests": []} | other


def make_score(student: int, lesson: int, mark: Any, **other: Any) -> Row:
    row = {"id": f"{student}.{lesson}", "student": str(student), "lesson": str(lesson), "mark": mark}
    return row | {"by": "ada", "at": instant(NOW), "op": f"d1.abc.{student}"} | other


def make_own(number: int, student: int, mark: Any, **other: Any) -> Row:
    """What Ada has recorded in lesson 7 on this tablet; `was`, `undo` and `lesson` go into the body."""
    body = {"student": str(student), "lesson": "7", "mark": mark, "was": None}
    body |= {key: other.pop(key) for key in ("was", "undo", "lesson") if key in other}
    row = {"id": f"d1.abc.{number}", "n": number, "kind": "score.record", "by": "ada", "body": body}
    return row | {"at": instant(NOW), "wall": f"2026-03-03T10:00:{number:02}.000Z", "replaces": None} | other


def make_ask(number: int = 1, space: str = "hazel", **other: Any) -> Row:
    """Ben's ask of now for student 1, confirmed for ten minutes."""
    row = {"id": f"d2.xyz.{number}", "space": space, "student": "1", "by": "ben", "at": instant(NOW)}
    until = instant(NOW + timedelta(minutes=10))
    return row | {"status": "confirmed", "why": None, "until": until, "acks": []} | other


def make_stay(number: int = 5, space: str = "hazel", **other: Any) -> Row:
    """Student 1 with Ben, for 14 minutes now."""
    entered = other.pop("entered", instant(NOW - timedelta(minutes=14)))
    row = {"id": f"d2.xyz.{number}", "space": space, "student": "1", "by": "ben", "staff": "ben", "why": None}
    row |= {"entered": entered, "staff_since": entered, "left": None, "free_to_leave": None}
    return row | {"clash": False, "ask": None, "acks": []} | other


def make_assist(number: int = 9, **other: Any) -> Row:
    row = {"id": f"d2.xyz.{number}", "space": None, "place": "Gym", "message": "", "by": "ben", "at": instant(NOW)}
    return row | {"acks": []} | other


def make_plan(number: int = 20, **other: Any) -> Row:
    """Draw and talk in Hazel with Ada, on Tuesdays from 10:00 to 11:00."""
    row = {"id": f"d2.xyz.{number}", "space": "hazel", "kind": "draw-and-talk", "weekday": 2, "starts": "10:00"}
    row |= {"ends": "11:00", "first": "2026-01-06", "last": None, "ended": None, "staff": "ada", "by": "ada"}
    return row | {"students": ["7"]} | other


def make_level(student: int = 1, earned: str | None = "heroic", **other: Any) -> Row:
    """What a student has earned for the week of now."""
    row = {"id": f"{student}.2026-W10", "student": str(student), "week": "2026-W10", "earned": earned, "level": earned}
    return row | {"cap": None, "mean": [23, 5], "tuck_left": 2, "from_week": None, "marks": [[]] * 7} | other


def make_cap(number: int = 30, cap: str = "creative", **other: Any) -> Row:
    """A limit on student 1 since yesterday, until staff lift it."""
    row = {"id": f"d2.xyz.{number}", "student": "1", "cap": cap, "from": "2026-03-02", "until": None, "by": "ben"}
    return row | {"lifted": None} | other


def make_sale(number: int = 40, item: str = "apple", **other: Any) -> Row:
    """What student 1 took two minutes ago, on this tablet."""
    row = {"id": f"d1.abc.{number}", "student": "1", "item": item, "price": 1, "day": "2026-03-03", "device": "d1"}
    return row | {"by": "ada", "at": instant(NOW - timedelta(minutes=2)), "void": False} | other
