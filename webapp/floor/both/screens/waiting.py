"""What is not at school yet, and what the school refused."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict

from webapp.domain.operations import WAITING
from webapp.domain.text.words import count_words, lesson_words
from webapp.domain.wire.operations import Operation, OwnOperation
from webapp.domain.wire.school import LessonRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import (
    at_words,
    key_of,
    lesson_of,
    mark_words,
    staff_name,
)
from webapp.floor.both.parts.spaces import is_held, space_name, stay_of
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/waiting.html"

UNKNOWN = "An entry of a kind that is not known here"


class Entry(TypedDict):
    """An operation in plain words, with the lesson it speaks of where that is still at hand; `why` it was refused."""

    id: str
    student: str
    what: str
    lesson: str
    url: str
    who: str
    why: str


class Context(TypedDict):
    """How many entries wait, in words; those, and those that the school refused."""

    chrome: Chrome
    count: str
    waiting: list[Entry]
    refused: list[Entry]


def context(tables: Tables, viewer: Viewer, now: datetime, _params: Mapping[str, str]) -> Context | None:
    refused = sorted(tables["refusals"].values(), key=lambda row: (row["at"], row["n"], row["id"]))
    count = count_words(len(viewer.waiting), "entry is", "entries are")
    return {
        "chrome": chrome(tables, viewer, now, "Waiting", tab="waiting"),
        "count": f"{count} saved on this tablet. The tablet sends everything by itself.",
        "waiting": [own_entry(tables, operation, now) for operation in viewer.waiting],
        "refused": [entry(tables, row, now, row["detail"] or "") for row in refused],
    }


def entry(tables: Tables, operation: Operation, now: datetime, why: str = "") -> Entry:
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
        "why": why,
    }


def own_entry(tables: Tables, operation: OwnOperation, now: datetime) -> Entry:
    found = entry(tables, operation, now)
    return found | {"who": f"{found['who']} (time unsure)"} if operation.get("unsure") else found


def called(tables: Tables, now: datetime, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What names the student and the space: the ask or the stay an operation speaks of, else the operation itself."""
    stay, ask = stay_of(tables, now, body.get("stay")), tables["asks"].get(key_of(body.get("ask")))
    return stay or (ask if ask and is_held(ask["at"], now) else body)


def student_words(tables: Tables, name: object) -> str:
    student = tables["students"].get(key_of(name))
    return student["name"] if student else ""


def what_words(tables: Tables, operation: Operation, about: Mapping[str, Any]) -> str:
    if operation["kind"] == "score.record":
        return mark_words(tables, operation["body"].get("mark"))
    words, space = (
        WAITING.get(operation["kind"], UNKNOWN),
        space_name(tables, about.get("space")),
    )
    return f"{words} {space}" if space and operation["kind"] != "space.assist" else words


def lesson_line(lesson: LessonRow) -> str:
    return f"{lesson['subject']}, {lesson_words(date.fromisoformat(lesson['date']), lesson['period'])}"
