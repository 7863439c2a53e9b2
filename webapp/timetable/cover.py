"""Cover: lessons that somebody takes in place of whoever has them on the timetable."""

from collections.abc import Collection

from sqlalchemy import select

from webapp.models import Cover, Lesson, db
from webapp.school import clock
from webapp.sync.log.revisions import RevCounter


def cover(lessons: Collection[int], staff: str, by: str, revs: RevCounter) -> None:
    """These lessons are `staff`'s from now on. Whoever has them on the timetable takes them back in the same way.

    Goes inside `with writing() as revs`.
    """
    for lesson in db.session.scalars(select(Lesson).where(Lesson.id.in_(lessons), ~Lesson.gone).order_by(Lesson.id)):
        held = db.session.get(Cover, lesson.id)
        absent = held.absent_id if held else lesson.staff_id
        if held:
            db.session.delete(held)
            db.session.flush()
        if staff != absent:
            db.session.add(Cover(lesson_id=lesson.id, staff_id=staff, absent_id=absent, by=by, at=clock.now()))
        if lesson.staff_id != staff:
            lesson.staff_id, lesson.rev = staff, revs.next()
