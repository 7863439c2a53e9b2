"""Which rows of a table tablets hold, and which of them a screen asks for."""

from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select

from webapp.domain.text.text import clean
from webapp.domain.time.calendar import week_of
from webapp.models import (
    Admission,
    Apart,
    Ask,
    Award,
    Cap,
    Item,
    Lesson,
    Level,
    Membership,
    OptionChoice,
    Redemption,
    Score,
    Stay,
    Till,
)
from webapp.school import clock
from webapp.school.classes import is_member
from webapp.sync.tables.window import window_on

Query = Select[*tuple[Any, ...]]


def lessons() -> Query:
    """The lessons that tablets hold."""
    return select(Lesson).where(Lesson.day.between(*window_on(clock.today())), ~Lesson.gone)


def memberships(*days: date) -> Query:
    """Who is in which class on some days, without what else a row holds."""
    columns = (Membership.id, Membership.student_id, Membership.group_id, Membership.first, Membership.last)
    return select(*columns).where(or_(*map(is_member, days)))


def scores() -> Query:
    """The scores that tablets hold, with their lessons at hand to narrow them down."""
    columns = (Score.student_id, Score.lesson_id, Score.mark, Score.by, Score.at, Score.op)
    held = (Lesson.day.between(*window_on(clock.today())), ~Lesson.gone)
    return select(*columns).join(Lesson, Lesson.id == Score.lesson_id).where(*held)


def stays(*names: str) -> Query:
    """Today's stays, those that were left open, and those of these ids: of all that tablets hold."""
    wanted = or_(Stay.day == clock.today(), Stay.id.in_(map(clean, names)))
    held = Stay.day.between(*window_on(clock.today()))
    return select(Stay).where(or_(held & wanted, Stay.left.is_(None)))


def asks(*names: str) -> Query:
    """Today's asks and those of these ids: of all that tablets hold."""
    wanted = or_(Ask.day == clock.today(), Ask.id.in_(map(clean, names)))
    return select(Ask).where(Ask.day.between(*window_on(clock.today())), wanted)


def apart() -> Query:
    return select(Apart).where(Apart.ended_at.is_(None))


def tuck_shop(student: int | None = None) -> dict[str, Query]:
    """What there is to take, who sells it, and what may be and was taken today, by one student or by all."""
    today = clock.today()
    shares = {
        "redemptions": select(Redemption).where(Redemption.day == today),
        "levels": select(Level).where(Level.week == week_of(today)),
        "caps": select(Cap),
    }
    if student is not None:
        shares = {name: query.filter_by(student_id=student) for name, query in shares.items()}
    return shares | {"items": select(Item).where(~Item.gone), "tills": select(Till)}


def level_now(student: int | None) -> Query:
    """A student's level of this week."""
    return select(Level).where(Level.student_id == student, Level.week == week_of(clock.today()))


def admissions() -> Query:
    """Who was let into the reward room today."""
    return select(Admission).where(Admission.day == clock.today())


def rewards(student: int) -> dict[str, Query]:
    """What a student was given, and what everybody chose for this week's options period."""
    today = clock.today()
    return {
        "redemptions": select(Redemption).where(Redemption.day == today, Redemption.student_id == student),
        "admissions": admissions(),
        "choices": select(OptionChoice).where(OptionChoice.week == week_of(today)),
        "awards": select(Award).where(Award.student_id == student),
    }
