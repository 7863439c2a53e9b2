"""School years that give way to the next: what waits for its day, and happens then."""

import json
from datetime import date

from sqlalchemy import select, update

from webapp.models import RollOver, Student, db
from webapp.sync.log.revisions import RevCounter


def follow(revs: RevCounter, today: date) -> None:
    """Everybody of a roll-over whose day has come goes up a year; once."""
    due = select(RollOver).where(RollOver.day <= today, ~RollOver.done, RollOver.undone_at.is_(None))
    for one in db.session.scalars(due.order_by(RollOver.day, RollOver.id)).all():
        step(json.loads(one.students), 1, revs)
        one.done = True
    db.session.flush()


def step(students: list[int], years: int, revs: RevCounter) -> None:
    """Students go up a year, or back down."""
    for student in sorted(students):
        values = {"year": Student.year + years, "rev": revs.next()}
        db.session.execute(update(Student).where(Student.id == student).values(values))
