"""Who comes to a lesson from another class: found by name."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome, may_mark
from webapp.floor.both.parts.facts import group_name, is_here, lesson_of, lesson_title, marks_by_lesson, roll
from webapp.floor.both.parts.search import Find, find
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/guest.html"


class Name(TypedDict):
    id: str
    name: str
    group: str


class Context(TypedDict):
    """`url` is that of the lesson, `names` are who was found."""

    chrome: Chrome
    url: str
    find: Find
    names: list[Name]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    lesson = lesson_of(tables, now, params["lesson"])
    if not lesson or not may_mark(tables, viewer):
        return None
    url = f"/lesson/{lesson['id']}"
    there = {row["id"] for row in roll(tables, lesson, marks_by_lesson(tables, [lesson])[lesson["id"]])}
    others = [row for row in tables["students"].values() if row["id"] not in there and is_here(row, lesson["date"])]
    field, names = find(f"{url}/guest", params, others)
    return {
        "chrome": chrome(tables, viewer, now, "Add a guest", sub=lesson_title(tables, lesson), back=url),
        "url": url,
        "find": field,
        "names": [
            {"id": row["id"], "name": row["name"], "group": group_name(tables, row["group"])} for row in names or []
        ],
    }
