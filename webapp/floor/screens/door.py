"""What the door of the reward room answers to one student."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from webapp.domain.time.calendar import week_of
from webapp.floor import tables as database
from webapp.floor.chrome import chrome
from webapp.floor.facts import Tables, group_name
from webapp.floor.room import ADMITS, WORDS, answer_to, count_inside, inside, opening_words, room_of, why
from webapp.floor.viewer import Viewer
from webapp.models import Cap, Level, Student
from webapp.school import clock
from webapp.sync.operations.ids import number

TEMPLATE = "floor/door.html"


def load(params: Mapping[str, str], viewer: Viewer) -> Tables:
    student = number(params["student"])
    return database.load(
        viewer,
        students=select(Student).where(Student.id == student),
        admissions=database.admissions(),
        levels=select(Level).where(Level.student_id == student, Level.week == week_of(clock.today())),
        caps=select(Cap).where(Cap.student_id == student),
    )


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
