"""What levels open on a day: what is left at the tuck shop, and which till sells to whom."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from webapp.domain.marks.caps import Cap, in_force
from webapp.domain.marks.levels import LevelScale
from webapp.domain.rewards.tuck import left_of
from webapp.domain.time.calendar import week_of
from webapp.models import Device, Level, Redemption, Till, db
from webapp.models.device import TILL
from webapp.results.levels import load_caps
from webapp.school.school import school_pack

Students = Collection[int] | None
"""Ids of students; None means all."""


def level_on(student: int, day: date) -> str | None:
    """The level that counts on a day: what its week earned, within the caps in force on the day itself (D5)."""
    return levels_on(day, [student]).get(student)


def levels_on(day: date, students: Students = None) -> dict[int, str | None]:
    """The same for many; without those whose marks decide nothing."""
    scale, caps = school_pack(day).scale, load_caps(students)
    query = select(Level.student_id, Level.earned).where(Level.week == week_of(day))
    if students is not None:
        query = query.where(Level.student_id.in_(students))
    return {
        student: _within(earned, caps.get(student, ()), day, scale) for student, earned in db.session.execute(query)
    }


def _within(earned: str | None, caps: Collection[Cap], day: date, scale: LevelScale) -> str | None:
    cap = in_force(caps, day, day, scale)
    return earned if cap is None else scale.lower_of(earned, cap)


def allowance_on(student: int, day: date) -> int:
    """How many tuck items a day's level brings (policy 4.1)."""
    return school_pack(day).scale.tuck_items(level_on(student, day))


def taken_on(student: int, day: date) -> int:
    """What the sales of a day that stand counted, in items."""
    return all_taken_on(day, [student]).get(student, 0)


def all_taken_on(day: date, students: Students = None) -> dict[int, int]:
    """The same for many; without those who took nothing."""
    query = select(Redemption.student_id, func.sum(Redemption.price))
    query = query.where(Redemption.day == day, Redemption.voided_at.is_(None)).group_by(Redemption.student_id)
    if students is not None:
        query = query.where(Redemption.student_id.in_(students))
    return {student: int(taken) for student, taken in db.session.execute(query)}


def tuck_left(student: int, day: date) -> int:
    """What is left of a day's allowance."""
    return all_tuck_left(day, [student]).get(student, 0)


def all_tuck_left(day: date, students: Students = None) -> Mapping[int, int]:
    """The same for many; without those whose marks decide nothing, to whom nothing is left."""
    scale, taken = school_pack(day).scale, all_taken_on(day, students)
    return {
        student: left_of(scale.tuck_items(level), taken.get(student, 0))
        for student, level in levels_on(day, students).items()
    }


def till_of(group: str) -> str | None:
    """The device that sells to a group: the one the duty was given to, else the school's first till."""
    return db.session.scalar(select(Till.device).where(Till.group_id == group)) or first_till()


def first_till() -> str | None:
    """The oldest device with the duty of a till that is not revoked."""
    return next((till.id for till in tills()), None)


def tills() -> Sequence[Device]:
    """The devices with the duty of a till that are not revoked, oldest first."""
    query = select(Device).where(Device.duty == TILL, Device.revoked_at.is_(None))
    # Ids are numbered: d9 comes before d10.
    return db.session.scalars(query.order_by(Device.enrolled_at, func.length(Device.id), Device.id)).all()
