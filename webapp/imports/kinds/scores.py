"""Marks given elsewhere. They go the way of every mark: as operations into the log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select

from webapp.domain.footprint import Place, Snapshot, Touch
from webapp.domain.marks.marks import (
    AUTHORISED,
    EXEMPT,
    HIGHEST,
    Mark,
    from_text,
    to_text,
)
from webapp.domain.text.text import clean
from webapp.imports.kinds.checks import repeated
from webapp.imports.kinds.matching import students_by_upn
from webapp.imports.kinds.values import A_DATE, LONGEST_UPN, SHORT, read_date, read_text, read_upn
from webapp.imports.plan import Plan, no_lessons, nothing_follows
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Lesson, Score, db
from webapp.models.device import IMPORT
from webapp.school import clock
from webapp.school.classes import Classes, load_classes
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import RevCounter

AT_ONCE = 1_000  # marks that are written in one go: others wait for a tenth of a second

_MARKS: dict[str, Mark] = {str(mark): mark for mark in range(HIGHEST + 1)} | {
    "a": AUTHORISED,
    "e": EXEMPT,
    AUTHORISED: AUTHORISED,
    EXEMPT: EXEMPT,
}


def read_mark(text: str) -> Mark:
    return _MARKS.get(clean(text).casefold())


KEY = "scores"
MOST = 100_000  # lines
IS_DATED = False
COLUMNS: tuple[Column, ...] = (
    Column("date", read_date, A_DATE, SHORT),
    Column("period", read_text, "a period", SHORT),
    Column("upn", read_upn, "the UPN of a student", LONGEST_UPN),
    Column("score", read_mark, "0 to 5, A for authorised, E for exempt, or nothing for unmarked", SHORT, blank=True),
)


class Pupil(NamedTuple):
    id: int
    group: str


class Taught(NamedTuple):
    id: int
    ends: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """The students by UPN, their classes, and the lessons of the file's days by day, period and class."""

    students: dict[str, Pupil]
    classes: Classes
    lessons: dict[tuple[date, str, str], Taught]

    def lesson_of(self, record: Record) -> Taught | None:
        """The lesson of a class that the line's student was in on its day; of several, one of a set goes first."""
        student, day, period = self.students[record["upn"]], record["date"], record["period"]
        groups = sorted(self.classes.of(student.id), key=lambda group: (group == student.group, group))
        there = (group for group in groups if self.classes.holds(student.id, group, day))
        return next((self.lessons[day, period, group] for group in there if (day, period, group) in self.lessons), None)


class New(NamedTuple):
    """A line that becomes an operation, and the mark that stands now."""

    record: Record
    draft: Draft
    standing: str | None


@dataclass
class Marks(Plan):
    """Marks become operations instead of rows."""

    news: list[New] = field(default_factory=list)

    def told(self) -> list[Touch]:
        return [_told(new) for new in self.news if new.standing is not None]


follow, lessons = nothing_follows, no_lessons


def portions(records: Sequence[Record]) -> list[Sequence[Record]]:
    """Week by week and student by student, so that each portion touches the levels of few."""
    ordered = sorted(records, key=lambda record: (record["date"].isocalendar()[:2], record["upn"]))
    return [ordered[i : i + AT_ONCE] for i in range(0, len(ordered), AT_ONCE)]


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:  # noqa: ARG001
    yield from repeated(records, ("date", "period", "upn"), "upn", "student in a lesson")
    known = _known(records)
    for record in records:
        student = known.students.get(record["upn"])
        if student is None:
            yield record.problem("upn", "the UPN of a student of the school")
        elif known.lesson_of(record) is None:
            classes = _classes(known, student, record["date"])
            yield record.problem("period", f"a period in which {classes} has a lesson on {_day(record['date'])}")


def _classes(known: Known, student: Pupil, day: date) -> str:
    """What a student is in on a day, in words."""
    groups = [group for group in known.classes.of(student.id) if known.classes.holds(student.id, group, day)]
    return " or ".join(sorted(groups)) or "a class of the student"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def look(records: Sequence[Record]) -> Snapshot:
    """The marks of the file's students that stand on its days."""
    return snapshot(Score, where=_concerned(records))


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Marks:  # noqa: ARG001
    """Only marks that differ from the one that stands become operations; a blank leaves what is there."""
    plan, now = Marks(), clock.now()
    known, marks = _known(records), _marks_that_stand(records)
    for record in track(records, "Scores"):
        student, lesson = known.students[record["upn"]], known.lesson_of(record)
        if lesson is None:
            continue  # `check` says so
        standing = marks.get((student.id, lesson.id))
        if record["score"] is None or to_text(record["score"]) == standing:
            plan.unchanged += 1
            continue
        plan.news.append(New(record, _draft(record["score"], student, lesson, now), standing))
        plan.added += standing is None
        plan.changed += standing is not None
    return plan


def write(plan: Marks, revs: RevCounter) -> list[Problem]:
    """Write a plan that was made within the same write; what the log refused."""
    refusals = submit(revs, own_device(IMPORT), [new.draft for new in plan.news])
    pairs = zip(plan.news, refusals, strict=True)
    return [new.record.problem("score", refusal.detail) for new, refusal in pairs if refusal]


def _told(new: New) -> Touch:
    place = Place("score", (int(new.draft.body["lesson"]), int(new.draft.body["student"])))
    return Touch(place, {"mark": new.standing}, {"mark": to_text(new.draft.body["mark"])})


def take_back(touches: Sequence[Touch], by: str, revs: RevCounter) -> None:
    """Undo marks as a person would: with entries that correct them, by whoever undoes."""
    submit(revs, own_device(IMPORT), [_correction(touch, by) for touch in touches])


def _correction(touch: Touch, by: str) -> Draft:
    lesson, student = touch.place.key
    before = touch.before or {"mark": None}
    body = {"student": str(student), "lesson": str(lesson), "mark": from_text(before["mark"])}
    return Draft("score.record", by, body, clock.now(), replaces=(touch.after or {})["op"])


def _draft(mark: Mark, student: Pupil, lesson: Taught, now: datetime) -> Draft:
    body = {"student": str(student.id), "lesson": str(lesson.id), "mark": mark}
    return Draft("score.record", "", body, at=min(lesson.ends, now))


def _known(records: Sequence[Record]) -> Known:
    lessons = select(Lesson.day, Lesson.period, Lesson.group_id, Lesson.id, Lesson.ends).where(
        ~Lesson.gone, Lesson.day.between(*_span(records))
    )
    found = {upn: Pupil(student.id, student.group_id) for upn, student in students_by_upn().items()}
    named = {found[upn].id for record in records if (upn := record["upn"]) in found}
    return Known(
        students=found,
        classes=load_classes(named),
        lessons={(row.day, row.period, row.group_id): Taught(row.id, row.ends) for row in db.session.execute(lessons)},
    )


def _marks_that_stand(records: Sequence[Record]) -> dict[tuple[int, int], str | None]:
    rows = db.session.execute(select(Score.student_id, Score.lesson_id, Score.mark).where(_concerned(records)))
    return {(student, lesson): mark for student, lesson, mark in rows}


def _concerned(records: Sequence[Record]) -> ColumnElement[bool]:
    """That a mark is of a student and a day of the file."""
    lessons = select(Lesson.id).where(Lesson.day.between(*_span(records)))
    named, known = {record["upn"] for record in records}, students_by_upn()
    students = {known[upn].id for upn in named if upn in known}
    return and_(Score.lesson_id.in_(lessons), Score.student_id.in_(students))


def _span(records: Sequence[Record]) -> tuple[date, date]:
    days = [record["date"] for record in records]
    return min(days, default=date.max), max(days, default=date.min)
