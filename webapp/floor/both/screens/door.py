"""What the door of the reward room answers to one student."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import group_name
from webapp.floor.both.parts.room import (
    ADMITS,
    WORDS,
    answer_to,
    count_inside,
    inside,
    opening_words,
    room_of,
    why,
)
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/door.html"


class Context(TypedDict):
    """The answer as a key and as a word, to whom, and why. `url`: where to let in, `admission`: what ends; or ""."""

    chrome: Chrome
    kind: str
    word: str
    name: str
    group: str
    why: str
    count: str
    url: str
    admission: str


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    student = tables["students"].get(params["student"])
    if not student:
        return None
    answer = answer_to(tables, now, student["id"])
    admission = inside(tables, now).get(student["id"])
    title, sub = room_of(tables)["name"], opening_words(tables, now, student["year"])
    return {
        "chrome": chrome(tables, viewer, now, title, sub=sub, tab="room", back="/room"),
        "kind": str(answer),
        "word": WORDS[answer],
        "name": student["name"],
        "group": f"{group_name(tables, student['group'])} · Year {student['year']}",
        "why": why(tables, now, student["id"], answer),
        "count": count_inside(tables, now),
        "url": f"/room/{student['id']}/admit" if answer in ADMITS else "",
        "admission": admission["id"] if admission else "",
    }
