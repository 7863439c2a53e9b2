"""What changes with the day, and with the policy: rows that enter or leave what tablets hold are numbered afresh."""

from datetime import date
from typing import Any

from sqlalchemy import or_, select, update

from webapp.domain.operations.shop_kinds import ITEM
from webapp.domain.time.calendar import monday_of, sunday_of, week_of
from webapp.models import (
    Cap,
    Item,
    Lesson,
    Level,
    Redemption,
    School,
    Score,
    Space,
    Student,
    db,
)
from webapp.models.device import IMPORT
from webapp.policies import Pack
from webapp.policies.rewards import TuckItem
from webapp.school import clock
from webapp.school.school import school_pack
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import RevCounter, writing
from webapp.sync.tables import memberships, namesakes, roll_overs
from webapp.sync.tables.replicated import TABLES
from webapp.sync.tables.replication import Span
from webapp.sync.tables.window import Window, window_on
from webapp.web.storage import where_possible

LESSONS = (Lesson, Score)
"""What moves with the lessons of a day."""


def roll() -> School:
    """The school, as it is today. On a new day the rows that entered or left the window are numbered afresh, so that
    the next pull brings them; so is what tablets know of the policy when that is another."""
    today = clock.today()
    school = db.session.query(School).one()
    if school.rolled == today and school.pack == school_pack().digest:
        return school
    with where_possible(), writing() as revs:
        school = db.session.query(School).one()
        if school.rolled is not None:
            _touch(revs, window_on(school.rolled), window_on(today))
            _turn_day(revs, school.rolled, today)
        _move(revs, today)
        school.rolled = today
        if school.pack != school_pack().digest:
            tell_policy(school, revs)
    return db.session.query(School).one()


def tell_school(revs: RevCounter) -> None:
    """Tablets get the school's own row anew."""
    db.session.query(School).one().rev = revs.next()


def tell_policy(school: School, revs: RevCounter) -> None:
    """Number afresh what tablets know of the policy: the school's own row, its spaces, and what levels allow. What the
    tuck shop starts with comes in, like anything that people do."""
    pack = school_pack()
    school.pack = pack.digest
    tell_school(revs)
    for key in sorted({space.key for space in pack.calls.spaces} | set(db.session.scalars(select(Space.id)))):
        db.session.merge(Space(id=key, rev=revs.next()))
    _renumber_where(revs, Level, Level.week.between(*window_on(clock.today()).weeks()))
    submit(revs, own_device(IMPORT), [_stocked(item) for item in _new_items(pack)])


def _new_items(pack: Pack) -> list[TuckItem]:
    known = set(db.session.scalars(select(Item.id)))
    return [item for item in pack.rewards.tuck.items if item.key not in known]


def _stocked(item: TuckItem) -> Draft:
    body = {
        "item": item.key,
        "name": item.name,
        "price": item.price,
        "stock": item.stock,
        "allergens": list(item.allergens),
        "picture": item.picture,
        "gone": False,
    }
    return Draft(ITEM.name, "policy", body, clock.now())


def _touch(revs: RevCounter, old: Window, new: Window) -> None:
    """Renumber the rows of the days that are in one window and not in the other."""
    lessons = select(Lesson.id, Lesson.day)
    moved = {
        lesson
        for lesson, day in db.session.execute(_near(lessons, Lesson.day, old, new))
        if old.holds_day(day) != new.holds_day(day)
    }
    _renumber(revs, Lesson, [{"id": lesson} for lesson in sorted(moved)])
    scores = select(Score.student_id, Score.lesson_id).where(Score.lesson_id.in_(moved)).order_by(Score.lesson_id)
    _renumber(revs, Score, [dict(row) for row in db.session.execute(scores).mappings()])
    for model in (table.model for table in TABLES.values() if table.span is Span.WEEKS):
        weeks = db.session.scalars(select(model.week).distinct())
        moved_weeks = [week for week in weeks if old.holds_week(week) != new.holds_week(week)]
        _renumber_where(revs, model, model.week.in_(moved_weeks))
    for model in (table.model for table in TABLES.values() if table.span is Span.DAYS and table.model not in LESSONS):
        rows = db.session.execute(_near(select(model.id, model.day), model.day, old, new).order_by(model.rev))
        _renumber(revs, model, [{"id": key} for key, day in rows if old.holds_day(day) != new.holds_day(day)])
    for model in (table.model for table in TABLES.values() if table.span is Span.STRETCHES):
        rows = db.session.execute(select(model.id, model.first, model.last).where(_is_dated(model)).order_by(model.rev))
        turned = [row.id for row in rows if old.meets(row.first, row.last) != new.meets(row.first, row.last)]
        _renumber(revs, model, [{"id": key} for key in turned])


def _is_dated(model: Any) -> Any:
    """What is true for ever neither enters the window nor leaves it."""
    return or_(model.first.is_not(None), model.last.is_not(None))


def _turn_day(revs: RevCounter, old: date, new: date) -> None:
    """Renumber the levels of students to whom another number of tuck items is left than at the last look: whoever took
    some since, and whoever has a cap, since on some days of a week it may hold and on others not. Renumber also the
    students who have left since, whom tablets forget."""
    first, last = sorted((old, new))
    took = select(Redemption.student_id).where(Redemption.day.between(first, last))
    ending = or_(Cap.until.is_(None), Cap.until >= monday_of(week_of(first)))
    capped = select(Cap.student_id).where(Cap.start <= sunday_of(week_of(last)), ending)
    todays = Level.week.in_((week_of(old), week_of(new)))
    _renumber_where(revs, Level, todays, Level.student_id.in_(took.union(capped)))
    leaving = select(Student.id).where(Student.left > first, Student.left <= last).order_by(Student.id)
    _renumber(revs, Student, [{"id": student} for student in db.session.scalars(leaving)])


def _move(revs: RevCounter, today: date) -> None:
    """Who comes to be in another registration group, or a year further up, is; and so is what tells namesakes apart."""
    memberships.settle(revs, today)
    roll_overs.follow(revs, today)
    namesakes.follow(revs)


def _near(query: Any, column: Any, old: Window, new: Window) -> Any:
    return query.where(column.between(min(old.first, new.first), max(old.last, new.last)))


def _renumber(revs: RevCounter, model: type, keys: list[dict[str, object]]) -> None:
    if keys:
        rows = [key | {"rev": rev} for key, rev in zip(keys, revs.take(len(keys)), strict=True)]
        db.session.execute(update(model), rows)


def _renumber_where(revs: RevCounter, model: Any, *conditions: Any) -> None:
    """The rows of students and weeks of which all this is true."""
    query = select(model.student_id, model.week).where(*conditions).order_by(model.week, model.student_id)
    _renumber(revs, model, [dict(row) for row in db.session.execute(query).mappings()])
