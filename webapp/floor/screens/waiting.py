"""What is not at school yet, and what the school refused."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from webapp.domain.operations import WAITING
from webapp.domain.text.words import count_words, lesson_words
from webapp.floor import tables as database
from webapp.floor.chrome import chrome
from webapp.floor.facts import Tables, at_words, key_of, lesson_of, mark_words, staff_name
from webapp.floor.spaces import is_held, space_name, stay_of
from webapp.floor.viewer import Viewer
from webapp.models import Lesson, Student
from webapp.sync.operations.ids import number
from webapp.sync.tables.rows import Wire

TEMPLATE = "floor/waiting.html"

UNKNOWN = "An entry of a kind that is not known here"


def load(_params: Mapping[str, str], viewer: Viewer) -> Tables:
    bodies = [row["body"] for row in database.load(viewer)["refusals"].values()]
    students = {number(body.get("student")) for body in bodies}
    lessons = {number(body.get("lesson")) for body in bodies}
    named = [str(body[key]) for body in bodies for key in ("ask", "stay") if key in body]
    return database.load(
        viewer,
        students=select(Student).where(Student.id.in_(students - {None})),
        lessons=database.lessons().where(Lesson.id.in_(lessons - {None})),
        asks=database.asks(*named),
        stays=database.stays(*named),
    )


def context(tables: Tables, viewer: Viewer, now: datetime, _params: Mapping[str, str]) -> dict[str, Any] | None:
    refused = sorted(tables["refusals"].values(), key=lambda row: (row["at"], row["n"], row["id"]))
    count = count_words(len(viewer.waiting), "entry is", "entries are")
    return {
        "chrome": chrome(tables, viewer, now, "Waiting", tab="waiting"),
        "count": f"{count} saved on this tablet. The tablet sends everything by itself.",
        "waiting": [entry(tables, operation, now) for operation in viewer.waiting],
        "refused": [entry(tables, row, now) | {"why": row["detail"] or ""} for row in refused],
    }


def entry(tables: Tables, operation: Wire, now: datetime) -> dict[str, str]:
    """An operation in plain words, with the lesson it speaks of where that is still at hand."""
    body = operation["body"]
    lesson = lesson_of(tables, now, body.get("lesson"))
    about = called(tables, now, body)
    return {
        "id": operation["id"],
        "student": student_words(tables, about.get("student")),
        "what": what_words(tables, operation, about),
        "lesson": lesson_line(lesson) if lesson else "",
        "url": f"/lesson/{lesson['id']}" if lesson else "",
        "who": f"{staff_name(tables, operation['by'])}, {at_words(operation['at'], now)}",
    }


def called(tables: Tables, now: datetime, body: Wire) -> Wire:
    """What names the student and the space: the ask or the stay an operation speaks of, else the operation itself."""
    stay, ask = stay_of(tables, now, body.get("stay")), tables["asks"].get(key_of(body.get("ask")))
    return stay or (ask if ask and is_held(ask["at"], now) else body)


def student_words(tables: Tables, name: object) -> str:
    student = tables["students"].get(key_of(name))
    return student["name"] if student else ""


def what_words(tables: Tables, operation: Wire, about: Wire) -> str:
    if operation["kind"] == "score.record":
        return mark_words(tables, operation["body"].get("mark"))
    words, space = (
        WAITING.get(operation["kind"], UNKNOWN),
        space_name(tables, about.get("space")),
    )
    return f"{words} {space}" if space and operation["kind"] != "space.assist" else words


def lesson_line(lesson: Wire) -> str:
    return f"{lesson['subject']}, {lesson_words(date.fromisoformat(lesson['date']), lesson['period'])}"
