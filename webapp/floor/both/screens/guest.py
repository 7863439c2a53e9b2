"""Who comes to a lesson from another class: found by name."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.text.finding import MOST, found, key_of
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome, may_mark
from webapp.floor.both.parts.facts import group_name, is_here, lesson_of, lesson_title, marks_by_lesson, roll
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/guest.html"


class Name(TypedDict):
    id: str
    name: str
    group: str


class Context(TypedDict):
    """`typed` is what was looked for, `names` who was found, and `found` says how many, if anything was typed."""

    chrome: Chrome
    url: str
    typed: str
    found: str
    names: list[Name]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    lesson = lesson_of(tables, now, params["lesson"])
    if not lesson or not may_mark(tables, viewer):
        return None
    typed, url = params.get("name", ""), f"/lesson/{lesson['id']}"
    there = {row["id"] for row in roll(tables, lesson, marks_by_lesson(tables, [lesson])[lesson["id"]])}
    others = [row for row in tables["students"].values() if row["id"] not in there and is_here(row, lesson["date"])]
    others.sort(key=lambda row: (row["sort"], int(row["id"])))
    names = found(typed, {row["id"]: key_of([row["name"]]) for row in others})
    return {
        "chrome": chrome(tables, viewer, now, "Add a guest", sub=lesson_title(tables, lesson), back=url),
        "url": url,
        "typed": typed,
        "found": found_words(typed, len(names)),
        "names": [
            {"id": row["id"], "name": row["name"], "group": group_name(tables, row["group"])}
            for row in [tables["students"][name] for name in names[:MOST]]
        ],
    }


def found_words(typed: str, count: int) -> str:
    if not typed.strip(" "):
        return ""
    if not count:
        return "Nobody of this name is at the school that day, or they are on the list already."
    return "" if count <= MOST else f"{count} have this in their name. The first {MOST} are shown."
