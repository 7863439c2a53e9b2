"""Half a year of marks: every student has a level of their own, good weeks and bad ones."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from sqlalchemy import select

from webapp.domain.marks.marks import AUTHORISED, EXEMPT, HIGHEST, Mark
from webapp.models import Lesson, Student, db
from webapp.models.device import IMPORT
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

SEED = 20_001
AWAY = 0.03  # of days
EXEMPTED, UNMARKED, NOTHING_ACHIEVED = 0.01, 0.02, 0.012  # of lessons
LOWEST, SPREAD = 3.2, 1.75  # what the least and, above it, the most able student tends to
WEEKLY, BY_LESSON = 0.15, 0.65  # how much weeks and lessons differ, as standard deviations


def record_history() -> None:
    """Mark every lesson before today, lesson by lesson as staff do, a week of the log at a time."""
    drafts = sorted(_drafts(), key=lambda drafted: (drafted[1].at, int(drafted[1].body["lesson"])))
    with writing() as revs:
        device = own_device(IMPORT)
        for week in sorted({week for week, _ in drafts}):
            submit(revs, device, [draft for of, draft in drafts if of == week])


def _drafts() -> Iterator[tuple[str, Draft]]:
    lessons: dict[str, list[Lesson]] = {}
    for lesson in db.session.scalars(select(Lesson).where(Lesson.day < clock.today()).order_by(Lesson.starts)):
        lessons.setdefault(lesson.group_id, []).append(lesson)
    students = db.session.scalars(select(Student).order_by(Student.id)).all()
    random = Random(SEED)
    ranks = random.sample(range(len(students)), len(students))
    for student, rank in zip(students, ranks, strict=True):
        child = Child(Random(SEED + student.id), LOWEST + SPREAD * rank / len(students))
        for lesson, mark in child.marks(lessons.get(student.group_id, [])):
            body = {"student": str(student.id), "lesson": str(lesson.id), "mark": mark}
            yield lesson.week, Draft("score.record", lesson.staff[0], body, at=lesson.ends)


class Child(NamedTuple):
    """One student's luck and usual mark."""

    random: Random
    usual: float

    def marks(self, lessons: list[Lesson]) -> Iterator[tuple[Lesson, Mark]]:
        moods: dict[str, float] = {}
        away: dict[date, bool] = {}
        for lesson in lessons:
            mood = moods.setdefault(lesson.week, self.random.gauss(self.usual, WEEKLY))
            if away.setdefault(lesson.day, self.random.random() < AWAY):
                yield lesson, AUTHORISED
            elif self.random.random() >= UNMARKED:
                yield lesson, self._mark(mood)

    def _mark(self, mood: float) -> Mark:
        chance = self.random.random()
        if chance < EXEMPTED:
            return EXEMPT
        if chance < EXEMPTED + NOTHING_ACHIEVED:
            return 0
        return max(0, min(HIGHEST, round(self.random.gauss(mood, BY_LESSON))))
