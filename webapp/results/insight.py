"""What marks say about lessons: means by subject, group, weekday, period and week of a stretch of days.

Lessons are looked at, never students, and nothing is ranked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, cast, distinct, extract, func, select

from webapp.domain.marks.insight import Figure, hide_small
from webapp.domain.marks.marks import HIGHEST
from webapp.domain.marks.mean import Mean
from webapp.domain.text.text import clean
from webapp.domain.time.calendar import Span
from webapp.models import Group, Lesson, Score, db

NUMBERS: Final = tuple(str(mark) for mark in range(HIGHEST + 1))
"""The marks that count in a mean, as they are stored (D1)."""

KEYS: Final[dict[str, ColumnElement[Any]]] = {
    "subject": Lesson.subject.expression,
    "group": Lesson.group_id.expression,
    "weekday": extract("dow", Lesson.day),  # 1 is Monday
    "bell": Lesson.period.expression,
    "week": Lesson.week.expression,
}
"""What lessons can be put together by; `bell` is the period of the day."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The lessons to look at: those of a span, of `groups` (None: of all), and narrowed to one key of some of KEYS."""

    span: Span
    groups: Collection[str] | None = None
    narrowed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LessonFigure:
    """One lesson, what its group is called, and the mean of its marks."""

    lesson: Lesson
    group: str
    figure: Figure


def figures(choice: Choice, *by: str) -> list[Figure]:
    """The means of the chosen lessons under each key of `by`, in the order of the keys."""
    columns = [KEYS[name] for name in by]
    rows = db.session.execute(_chosen(select(*columns, *_counted()), choice).group_by(*columns))
    found = [Figure(tuple(str(key) for key in row[: len(by)]), Mean(row[-3], row[-2]), row[-1]) for row in rows]
    return hide_small(sorted(found, key=lambda figure: figure.key))


def overall(choice: Choice) -> Figure:
    """The mean of all chosen lessons together; (0, 0) without a mark."""
    sum_of, count, students = db.session.execute(_chosen(select(*_counted()), choice)).one()
    return hide_small([Figure((), Mean(sum_of or 0, count), students)])[0]


def lessons(choice: Choice) -> list[LessonFigure]:
    """Every chosen lesson that has a mark which counts, in order of time."""
    query = _chosen(select(Lesson, Group.name, *_counted()), choice).join(Group, Group.id == Lesson.group_id)
    rows = db.session.execute(query.group_by(Lesson.id, Group.name).order_by(Lesson.starts, Lesson.id))
    found = [(row[0], row[1], Figure((str(row[0].id),), Mean(row[2], row[3]), row[4])) for row in rows]
    shown = hide_small(figure for _, _, figure in found)
    return [LessonFigure(lesson, group, figure) for (lesson, group, _), figure in zip(found, shown, strict=True)]


def subjects(groups: Collection[str] | None) -> list[str]:
    """The subjects that are or were taught."""
    query = select(Lesson.subject).distinct().order_by(Lesson.subject)
    return list(db.session.scalars(query if groups is None else query.where(Lesson.group_id.in_(groups))))


def _counted() -> tuple[ColumnElement[Any], ...]:
    return func.sum(cast(Score.mark, Integer)), func.count(), func.count(distinct(Score.student_id))


def _chosen(query: Select[Any], choice: Choice) -> Select[Any]:
    """The marks of the chosen lessons."""
    query = query.select_from(Score).join(Lesson, Lesson.id == Score.lesson_id)
    query = query.where(Score.mark.in_(NUMBERS), Lesson.day.between(choice.span.start, choice.span.end))
    if choice.groups is not None:
        query = query.where(Lesson.group_id.in_(choice.groups))
    for name, key in choice.narrowed:
        query = query.where(KEYS[name] == (int(key) if name == "weekday" else clean(key)))
    return query
