"""Students with a mark in two lessons of one period: a mistake, since nobody is in two places. A leader says which one
does not count."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import and_, func, select

from webapp.domain.marks.marks import from_text
from webapp.domain.text.words import lesson_words
from webapp.models import Group, Lesson, Score, Student, db
from webapp.models.lookup import look_up
from webapp.office.parts.paging import Page, page_in
from webapp.office.parts.people import who
from webapp.office.parts.wording import mark_words
from webapp.school import clock

LOOKED_AT = timedelta(weeks=4)
"""Marks can come late by two weeks; what was not looked into for another two is history."""


def marked_twice(asked: int) -> Page:
    """A page of them, the newest last."""
    since = clock.today() - LOOKED_AT
    slot = (Lesson.day, Lesson.period, Score.student_id)
    twice = (
        select(*slot)
        .join(Score, Score.lesson_id == Lesson.id)
        .where(Lesson.day >= since, Score.mark.is_not(None))
        .group_by(*slot)
        .having(func.count() > 1)
        .subquery()
    )
    marks = (
        select(Score, Lesson)
        .join(Lesson, Lesson.id == Score.lesson_id)
        .join(
            twice,
            and_(
                twice.c.day == Lesson.day,
                twice.c.period == Lesson.period,
                twice.c.student_id == Score.student_id,
            ),
        )
        .where(Score.mark.is_not(None))
        .order_by(Lesson.day, Lesson.starts, Score.student_id, Lesson.id)
    )
    found: dict[tuple[Any, ...], list[tuple[Score, Lesson]]] = {}
    for score, lesson in db.session.execute(marks):
        found.setdefault((lesson.day, lesson.period, score.student_id), []).append((score, lesson))
    return page_in(list(found.values()), asked).told(_told)


def _told(marks: Sequence[tuple[Score, Lesson]]) -> dict[str, Any]:
    student, (_, lesson) = db.session.get_one(Student, marks[0][0].student_id), marks[0]
    return {
        "student": student.name,
        "lesson": lesson_words(lesson.day, lesson.period),
        "marks": [_mark(score, lesson) for score, lesson in marks],
    }


def _mark(score: Score, lesson: Lesson) -> dict[str, Any]:
    group = look_up(Group, lesson.group_id)
    return {
        "words": f"{mark_words(from_text(score.mark))} in {lesson.subject}, {group.name if group else lesson.group_id}",
        "who": who(score.by),
        "address": url_for("corrections.one_mark", student=score.student_id, lesson=score.lesson_id),
    }
