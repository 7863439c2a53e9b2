"""What a tap on marks means, and on what was refused."""

from collections.abc import Mapping
from datetime import datetime

from webapp.domain.marks.marks import AUTHORISED, EXEMPT, Mark
from webapp.domain.marks.undo import Step, last_gesture
from webapp.domain.wire.operations import OwnOperation
from webapp.domain.wire.school import LessonRow, ScoreRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import (
    expected,
    lesson_of,
    local_day,
    marks_by_lesson,
    on_list,
    roll,
)
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.taps import Draft, Form

ACTIVE = 3
MARKS: dict[str, Mark] = {
    **{str(mark): mark for mark in range(6)},
    AUTHORISED: AUTHORISED,
    EXEMPT: EXEMPT,
    "": None,
}


def mark(tables: Tables, _viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """One student's mark. The mark that stands already is not recorded again."""
    lesson = lesson_of(tables, now, params["lesson"])
    student = tables["students"].get(form.get("student", ""))
    wanted = form.get("mark", "none")
    if not lesson or not student or wanted not in MARKS:
        return []
    score = score_of(tables, student["id"], lesson)
    if MARKS[wanted] == (score["mark"] if score else None):
        return []
    return [record(student["id"], lesson, MARKS[wanted], score)]


def mark_all(tables: Tables, _viewer: Viewer, now: datetime, params: Form, _form: Form) -> list[Draft]:
    """Active for every student who is there and has no mark yet."""
    lesson = lesson_of(tables, now, params["lesson"])
    if not lesson:
        return []
    marked = marks_by_lesson(tables, [lesson])[lesson["id"]]
    students = expected(roll(tables, lesson, marked), lesson, marked)
    unmarked = [student for student in students if student["id"] not in marked]
    return [record(row["id"], lesson, ACTIVE, score_of(tables, row["id"], lesson)) for row in unmarked]


def invite(tables: Tables, _viewer: Viewer, now: datetime, params: Form, form: Form) -> list[Draft]:
    """A student of another class comes to this lesson."""
    lesson = lesson_of(tables, now, params["lesson"])
    student = tables["students"].get(form.get("student", ""))
    if not lesson or not student or student["id"] in [row["id"] for row in on_list(tables, lesson)]:
        return []
    return [{"kind": "lesson.guest", "body": {"lesson": lesson["id"], "student": student["id"]}}]


def undo(tables: Tables, viewer: Viewer, now: datetime, params: Form, _form: Form) -> list[Draft]:
    """Takes back the last tap."""
    lesson = lesson_of(tables, now, params["lesson"])
    return [take_back(tables, step, lesson) for step in undoable(tables, viewer, now, lesson)] if lesson else []


def settle(tables: Tables, _viewer: Viewer, _now: datetime, _params: Form, form: Form) -> list[Draft]:
    """A refused operation that somebody has dealt with."""
    operation = form.get("operation", "")
    return [{"kind": "refusal.settle", "body": {"operation": operation}}] if operation in tables["refusals"] else []


def undoable(tables: Tables, viewer: Viewer, now: datetime, lesson: LessonRow) -> tuple[Step, ...]:
    """What Undo takes back, latest first: a person's own marks of today that nobody else has changed since."""
    kept = [operation for operation in viewer.own if operation["id"] not in tables["refusals"]]
    own = {operation["id"]: operation for operation in kept if is_own_mark(operation, viewer, lesson)}
    return last_gesture([step_of(row) for row in own.values() if is_fresh(tables, row, own, now, lesson)])


def is_own_mark(operation: OwnOperation, viewer: Viewer, lesson: LessonRow) -> bool:
    return (
        operation["kind"] == "score.record"
        and operation["by"] == viewer.staff
        and operation["body"]["lesson"] == lesson["id"]
    )


def is_fresh(
    tables: Tables, operation: OwnOperation, own: Mapping[str, OwnOperation], now: datetime, lesson: LessonRow
) -> bool:
    """Whether the mark that stands is the person's own of today, and this one of the same day.

    When a mark was made is an estimate that the school may correct. So "today" is asked of the row, and "the same
    day" of the tablet's clock as it was: of these two the school and the tablet know the same.
    """
    score = score_of(tables, operation["body"]["student"], lesson)
    if not score or score["op"] not in own:
        return False
    today = local_day(datetime.fromisoformat(score["at"])) == local_day(now)
    return bool(today and own[score["op"]]["wall"][:10] == operation["wall"][:10])


def step_of(operation: OwnOperation) -> Step:
    body = operation["body"]
    undoes = operation["replaces"] if body.get("undo") else None
    return Step(operation["id"], body["student"], operation["wall"], undoes, body.get("was"))


def take_back(tables: Tables, step: Step, lesson: LessonRow) -> Draft:
    score = score_of(tables, step.student, lesson)
    was = score["mark"] if score else None
    body = {"student": step.student, "lesson": lesson["id"], "mark": step.was, "was": was, "undo": True}
    return {"kind": "score.record", "body": body, "replaces": step.op}


def record(student: str, lesson: LessonRow, new: Mark, score: ScoreRow | None) -> Draft:
    was = score["mark"] if score else None
    body = {"student": student, "lesson": lesson["id"], "mark": new, "was": was}
    return {"kind": "score.record", "body": body} | ({"replaces": score["op"]} if score else {})


def score_of(tables: Tables, student: str, lesson: LessonRow) -> ScoreRow | None:
    return tables["scores"].get(f"{student}.{lesson['id']}")
