"""For whom a space is asked: my lesson's students first, then everybody by group."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.time.moment import instant
from webapp.domain.wire.policy import Choice
from webapp.domain.wire.school import LessonRow, StudentRow
from webapp.domain.wire.spaces import SpaceRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import (
    group_name,
    in_order,
    is_here,
    lesson_title,
    local_day,
    on_list,
    teachers,
)
from webapp.floor.both.parts.spaces import (
    APART,
    kept_away,
    next_plan,
    state_of,
    where_words,
    whereabouts,
)
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/choose.html"


class Button(TypedDict):
    """A student with what to know before the tap."""

    id: str
    name: str
    note: str


class Section(TypedDict):
    name: str
    students: list[Button]


class Context(TypedDict):
    """A space, what is planned in it next, and the students: of my lesson, if there is one, then by group."""

    chrome: Chrome
    id: str
    name: str
    next: str
    mine: list[Section]
    groups: list[Section]
    reasons: list[Choice]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    space = tables["spaces"].get(params["space"])
    if not space:
        return None
    state = state_of(tables, now, space)
    verb = "Ask" if state["free"] else "Wait"
    people = buttons(tables, now, space)
    lesson = my_lesson(tables, viewer, now)
    plan = next_plan(tables, now, space["id"])
    return {
        "chrome": chrome(
            tables, viewer, now, f"{verb} for {space['name']}", sub=state["state"], tab="spaces", back="/spaces"
        ),
        "id": space["id"],
        "name": space["name"],
        "next": plan,
        "mine": [section(lesson_title(tables, lesson), people, on_list(tables, lesson))] if lesson else [],
        "groups": [
            section(group_name(tables, name), people, in_group(tables, now, name))
            for name in groups_in_order(tables, now, space)
        ],
        "reasons": tables["school"]["school"]["calls"]["reasons"],
    }


def my_lesson(tables: Tables, viewer: Viewer, now: datetime) -> LessonRow | None:
    """The holder's lesson that is on now, else their next today."""
    moment, today = instant(now), local_day(now)
    mine = [row for row in tables["lessons"].values() if viewer.staff in teachers(row) and row["date"] == today]
    return next((row for row in in_order(mine) if moment < row["ends"]), None)


def buttons(tables: Tables, now: datetime, space: SpaceRow) -> dict[str, Button]:
    away, there = kept_away(tables, now, space), whereabouts(tables, now)
    notes = {name: where_words(tables, row, now) for name, row in there.items()} | dict.fromkeys(away, APART)
    return {
        row["id"]: {"id": row["id"], "name": row["name"], "note": notes.get(row["id"], "")}
        for row in tables["students"].values()
    }


def section(name: str, people: Mapping[str, Button], students: list[StudentRow]) -> Section:
    in_list = sorted(students, key=lambda row: (row["sort"], int(row["id"])))
    return {"name": name, "students": [people[row["id"]] for row in in_list]}


def in_group(tables: Tables, now: datetime, name: str) -> list[StudentRow]:
    """Who is on roll in a group today."""
    return [row for row in tables["students"].values() if row["group"] == name and is_here(row, local_day(now))]


def groups_in_order(tables: Tables, now: datetime, space: SpaceRow) -> list[str]:
    """The groups with students on roll: those of the space's key stage first, then by year and name."""
    today = local_day(now)
    here = [row for row in tables["students"].values() if is_here(row, today)]
    years: dict[str, int] = {}
    for row in here:
        years[row["group"]] = min(row["year"], years.get(row["group"], row["year"]))
    stages = {row["group"]: space["key_stage"] for row in here if row["key_stage"] == space["key_stage"]}
    return sorted(years, key=lambda name: (name not in stages, years[name], group_name(tables, name), name))
