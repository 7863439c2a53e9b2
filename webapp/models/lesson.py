"""The timetable, the lessons it gives rise to, and who covers them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import NEVER_AGAIN, Base, Moment, Replicated


class TimetableEntry(Base):
    """What a group does in one period of one weekday (1 is Monday)."""

    __tablename__ = "timetable_entry"
    __table_args__ = (UniqueConstraint("weekday", "period", "group_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int]
    period: Mapped[str] = mapped_column(ForeignKey("period.name"))
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"))
    subject: Mapped[str]
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))


class Lesson(Replicated, Base):
    """One lesson on one day. `gone` marks a lesson the timetable no longer has; it is kept, not deleted."""

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("day", "period", "group_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    week: Mapped[str] = mapped_column(index=True)
    period: Mapped[str]
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), index=True)
    subject: Mapped[str]
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    starts: Mapped[datetime] = mapped_column(Moment)
    ends: Mapped[datetime] = mapped_column(Moment)
    gone: Mapped[bool] = mapped_column(default=False)


class Cover(Base):
    """One lesson covered by `staff_id`, while it is `absent_id`'s on the timetable."""

    __tablename__ = "cover"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    absent_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class Guest(Base):
    """A student who comes to one lesson of a class that is not theirs; a projection of `lesson.guest`."""

    __tablename__ = "guest"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True, index=True)
    op: Mapped[str]
