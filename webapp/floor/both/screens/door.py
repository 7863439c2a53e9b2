"""What the door of the reward room answers to one student."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import chrome
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


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> dict[str, Any] | None:
    student = tables["students"].get(params["student"])
    if not student:
        return None
    answer = answer_to(tables, now, student["id"])
    admission = inside(tables, now).get(student["id"])
    title, sub = room_of(tables)["name"], opening_words(tables, now)
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
