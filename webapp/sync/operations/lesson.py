"""`lesson.guest`: a student of another class comes to one lesson. Whoever is added once stays added."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from webapp.domain.operations.lesson_kinds import GUEST
from webapp.models import Guest, Lesson, Student, db
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.ids import number
from webapp.sync.operations.score import NO_LESSON, NO_STUDENT
from webapp.sync.operations.stored import applied

KINDS = (GUEST.name,)

Key = tuple[int, int]
"""A lesson's id and a student's id."""


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    news: dict[Key, str] = {}
    for entry in entries:
        lesson, student = number(entry.body.get("lesson")), number(entry.body.get("student"))
        if student is None or db.session.get(Student, student) is None:
            entry.refusal = NO_STUDENT
        elif lesson is None or not _stands(lesson):
            entry.refusal = NO_LESSON
        elif db.session.get(Guest, (lesson, student)) is None:
            news.setdefault((lesson, student), entry.id)
    _write(news)
    _renumber({lesson for lesson, _ in news}, revs)


def rebuild(revs: RevCounter) -> int:
    wanted: dict[Key, str] = {}
    for operation in applied(KINDS):
        wanted.setdefault((int(operation.body["lesson"]), int(operation.body["student"])), operation.id)
    rows = db.session.execute(select(Guest.lesson_id, Guest.student_id, Guest.op)).all()
    standing = {(lesson, student): op for lesson, student, op in rows}
    wrong = {key for key in {*wanted, *standing} if wanted.get(key) != standing.get(key)}
    for lesson, student in wrong:
        db.session.execute(delete(Guest).where(Guest.lesson_id == lesson, Guest.student_id == student))
    _write({key: wanted[key] for key in wrong if key in wanted})
    _renumber({lesson for lesson, _ in wrong}, revs)
    return len(wrong)


def _stands(lesson: int) -> bool:
    found = db.session.get(Lesson, lesson)
    return found is not None and not found.gone


def _write(guests: Mapping[Key, str]) -> None:
    db.session.add_all(Guest(lesson_id=lesson, student_id=student, op=op) for (lesson, student), op in guests.items())
    db.session.flush()


def _renumber(lessons: Iterable[int], revs: RevCounter) -> None:
    """Tablets hear of guests with their lessons."""
    rows: list[dict[str, Any]] = [{"id": lesson, "rev": revs.next()} for lesson in sorted(lessons)]
    if rows:
        db.session.execute(update(Lesson), rows)
