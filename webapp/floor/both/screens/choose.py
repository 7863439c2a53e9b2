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
from webapp.floor.both.parts.search import Find, by_group, by_name, find
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
    """A student with what to know before the tap; `group` is said of those who were looked for."""

    id: str
    name: str
    group: str
    note: str


class Section(TypedDict):
    name: str
    students: list[Button]


class Context(TypedDict):
    """A space, what is planned in it next, and the students: of my lesson, if there is one, then by group; or who was
    found."""

    chrome: Chrome
    id: str
    name: str
    next: str
    find: Find
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
    here = [row for row in tables["students"].values() if is_here(row, local_day(now))]
    field, names = find(f"/spaces/{space['id']}/ask", params, here)
    lesson = None if field["typed"].strip(" ") else my_lesson(tables, viewer, now)
    plan = next_plan(tables, now, space["id"])
    return {
        "chrome": chrome(
            tables, viewer, now, f"{verb} for {space['name']}", sub=state["state"], tab="spaces", back="/spaces"
        ),
        "id": space["id"],
        "name": space["name"],
        "next": plan,
        "find": field,
        "mine": [section(lesson_title(tables, lesson), people, by_name(on_list(tables, lesson)))] if lesson else [],
        "groups": everybody(tables, space, people, here) if names is None else found(tables, people, names),
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
        row["id"]: {"id": row["id"], "name": row["name"], "group": "", "note": notes.get(row["id"], "")}
        for row in tables["students"].values()
    }


def section(name: str, people: Mapping[str, Button], students: list[StudentRow]) -> Section:
    return {"name": name, "students": [people[row["id"]] for row in students]}


def everybody(
    tables: Tables, space: SpaceRow, people: Mapping[str, Button], students: list[StudentRow]
) -> list[Section]:
    """By group, those of the space's key stage first."""
    front = [row["group"] for row in students if row["key_stage"] == space["key_stage"]]
    groups = by_group(tables, students, front)
    return [section(group_name(tables, key), people, members) for key, members in groups.items()]


def found(tables: Tables, people: Mapping[str, Button], students: list[StudentRow]) -> list[Section]:
    """Those whose name was looked for, each with their group."""
    placed: list[Button] = []
    for row in students:
        button = people[row["id"]]
        group = group_name(tables, row["group"])
        placed.append({"id": row["id"], "name": row["name"], "group": group, "note": button["note"]})
    return [{"name": "Found", "students": placed}] if placed else []
