"""Cover: lessons that somebody takes in place of whoever has them on the timetable, or that nobody has."""

from collections.abc import Collection

from sqlalchemy import delete, select

from webapp.models import Cover, Lesson, db
from webapp.models.lesson import NOBODY
from webapp.school import clock
from webapp.sync.log.revisions import RevCounter


def cover(lessons: Collection[int], absent: str, staff: str, by: str, revs: RevCounter) -> None:
    """What `absent` has of these lessons on the timetable is `staff`'s from now on, and theirs again if that is the
    same person; `absent` is `NOBODY` where nobody has them.

    Goes inside `with writing() as revs`.
    """
    for lesson in db.session.scalars(select(Lesson).where(Lesson.id.in_(lessons), ~Lesson.gone).order_by(Lesson.id)):
        before = lesson.taking
        if absent in (lesson.staff or (NOBODY,)):
            _write(lesson, absent, staff, by)
        if lesson.taking != before:
            lesson.rev = revs.next()


def _write(lesson: Lesson, absent: str, staff: str, by: str) -> None:
    db.session.execute(delete(Cover).where(Cover.lesson_id == lesson.id, Cover.absent_id == absent))
    if staff != absent:
        db.session.add(Cover(lesson_id=lesson.id, absent_id=absent, staff_id=staff, by=by, at=clock.now()))
    db.session.flush()
    db.session.expire(lesson, ["covers"])
