"""`score.record`: a mark for one student in one lesson."""

from collections.abc import Container, Sequence
from typing import Any

from sqlalchemy import select

from webapp.domain.marks.marks import is_mark
from webapp.domain.operations import mark_kinds
from webapp.domain.refusal import Refusal
from webapp.models import Lesson, Student, db
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number
from webapp.sync.tables import scores
from webapp.sync.tables.levels import recompute_after

RECORD = mark_kinds.SCORE.name
KINDS = (RECORD,)

NO_STUDENT = Refusal("no-such-student", "This student is not known at this school.")
NO_LESSON = Refusal("no-such-lesson", "This lesson is no longer on the timetable.")


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    weeks = _weeks_of_lessons({number(entry.body.get("lesson")) for entry in entries})
    students = _known_students({number(entry.body.get("student")) for entry in entries})
    for entry in entries:
        entry.refusal = judge(entry.body, students, weeks)
    accepted = [entry for entry in entries if not entry.refusal]
    changed = scores.project(accepted, weeks, revs)
    recompute_after(revs, {(student, weeks[lesson]) for student, lesson in changed})


def rebuild(revs: RevCounter) -> int:
    weeks = dict(db.session.execute(select(Lesson.id, Lesson.week)).all())
    return scores.rebuild(weeks, revs)


def judge(body: dict[str, Any], students: Container[int | None], lessons: Container[int | None]) -> Refusal | None:
    """Whether a mark can be recorded. A student from another group may sit in and be marked too."""
    if "mark" not in body or not is_mark(body["mark"]):
        return Refusal("no-such-mark", "A mark is 0 to 5, authorised, exempt, or cleared.")
    if number(body.get("student")) not in students:
        return NO_STUDENT
    if number(body.get("lesson")) not in lessons:
        return NO_LESSON
    return None


def _weeks_of_lessons(ids: set[int | None]) -> dict[int, str]:
    rows = db.session.execute(select(Lesson.id, Lesson.week).where(Lesson.id.in_(ids - {None}), ~Lesson.gone))
    return dict(rows.all())


def _known_students(ids: set[int | None]) -> set[int]:
    return set(db.session.scalars(select(Student.id).where(Student.id.in_(ids - {None}))))
