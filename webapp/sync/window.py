"""What tablets hold: lessons, marks and stays from 14 days before to 14 days after the school's today."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update

from webapp import clock
from webapp.domain.calendar import week_of
from webapp.models import Ask, Assist, Lesson, Level, School, Score, Space, Stay, db
from webapp.policies import load
from webapp.sync.sequence import Sequence as Numbers
from webapp.sync.sequence import writing

REACH = timedelta(days=14)
WEEK = timedelta(days=7)


class Window(NamedTuple):
    """First and last day of what tablets hold."""

    first: date
    last: date

    def holds_day(self, day: date) -> bool:
        return self.first <= day <= self.last

    def weeks(self) -> tuple[str, str]:
        """First and last week whose levels tablets hold: the one before today's, and the one after."""
        return week_of(self.first + WEEK), week_of(self.last - WEEK)

    def holds_week(self, week: str) -> bool:
        first, last = self.weeks()
        return first <= week <= last


def window_on(today: date) -> Window:
    return Window(today - REACH, today + REACH)


def roll() -> School:
    """The school, as it is today. On a new day the rows that entered or left the window are numbered afresh, so that
    the next pull brings them; so is what tablets know of the policy when that is another."""
    today = clock.today()
    school = db.session.query(School).one()
    if school.rolled == today and school.pack == load(school.policy).digest:
        return school
    with writing() as numbers:
        school = db.session.query(School).one()
        if school.rolled is not None:
            _touch(numbers, window_on(school.rolled), window_on(today))
        school.rolled = today
        if school.pack != load(school.policy).digest:
            _tell_policy(school, numbers)
        db.session.flush()
    return school


def _tell_policy(school: School, numbers: Numbers) -> None:
    """Number afresh what tablets know of the policy: the school's own row and its spaces."""
    pack = load(school.policy)
    school.pack, school.rev = pack.digest, numbers.next()
    for key in sorted({space.key for space in pack.calls.spaces} | set(db.session.scalars(select(Space.id)))):
        db.session.merge(Space(id=key, rev=numbers.next()))


def _touch(numbers: Numbers, old: Window, new: Window) -> None:
    """Renumber the rows of the days that are in one window and not in the other."""
    lessons = select(Lesson.id, Lesson.day)
    moved = {
        lesson
        for lesson, day in db.session.execute(_near(lessons, Lesson.day, old, new))
        if old.holds_day(day) != new.holds_day(day)
    }
    _renumber(numbers, Lesson, [{"id": lesson} for lesson in sorted(moved)])
    scores = select(Score.student_id, Score.lesson_id).where(Score.lesson_id.in_(moved)).order_by(Score.lesson_id)
    _renumber(numbers, Score, [dict(row) for row in db.session.execute(scores).mappings()])
    levels = select(Level.student_id, Level.week).order_by(Level.week, Level.student_id)
    weeks = {
        week
        for week in db.session.scalars(select(Level.week).distinct())
        if old.holds_week(week) != new.holds_week(week)
    }
    _renumber(
        numbers,
        Level,
        [dict(row) for row in db.session.execute(levels.where(Level.week.in_(weeks))).mappings()],
    )
    for model in (Ask, Stay, Assist):
        rows = db.session.execute(_near(select(model.id, model.day), model.day, old, new).order_by(model.rev))
        _renumber(numbers, model, [{"id": key} for key, day in rows if old.holds_day(day) != new.holds_day(day)])


def _near(query: Any, column: Any, old: Window, new: Window) -> Any:
    return query.where(column.between(min(old.first, new.first), max(old.last, new.last)))


def _renumber(numbers: Numbers, model: type, keys: list[dict[str, object]]) -> None:
    if keys:
        rows = [key | {"rev": rev} for key, rev in zip(keys, numbers.take(len(keys)), strict=True)]
        db.session.execute(update(model), rows)
