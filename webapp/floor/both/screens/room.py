"""Reception's door of the reward room: who is inside, and whose card or name to look up."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.wire.rewards import AdmissionRow
from webapp.domain.wire.school import StudentRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import at_clock, group_name, is_here, local_day
from webapp.floor.both.parts.room import count_inside, inside, opening_words, room_of
from webapp.floor.both.parts.search import Find, by_name, find
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/room.html"


class Inside(TypedDict):
    """Somebody inside; `id` is the admission's."""

    id: str
    name: str
    words: str


class Name(TypedDict):
    """A student to look up."""

    url: str
    name: str
    note: str


class Context(TypedDict):
    """How many are inside, in words, and whether that is all it holds; who, and who was found to be looked up."""

    chrome: Chrome
    count: str
    full: bool
    inside: list[Inside]
    find: Find
    students: list[Name]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    there, room = inside(tables, now), room_of(tables)
    students, today = tables["students"].values(), local_day(now)
    field, names = find("/room", params, [row for row in students if is_here(row, today)])
    return {
        "chrome": chrome(tables, viewer, now, room["name"], sub=opening_words(tables, now), tab="room"),
        "count": count_inside(tables, now),
        "full": len(there) >= room["capacity"],
        "inside": [line(tables, row, there[row["id"]]) for row in by_name(students) if row["id"] in there],
        "find": field,
        "students": [name(tables, row, there) for row in names or []],
    }


def line(tables: Tables, student: StudentRow, admission: AdmissionRow) -> Inside:
    group, at = group_name(tables, student["group"]), at_clock(admission["at"])
    return {"id": admission["id"], "name": student["name"], "words": f"{group} · since {at}"}


def name(tables: Tables, student: StudentRow, there: Mapping[str, AdmissionRow]) -> Name:
    group = group_name(tables, student["group"])
    note = f"{group} · inside" if student["id"] in there else group
    return {"url": f"/room/{student['id']}", "name": student["name"], "note": note}
