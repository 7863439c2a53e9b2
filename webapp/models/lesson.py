"""The timetable, the lessons it gives rise to, and who covers them."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import NEVER_AGAIN, Base, Moment, Replicated

NOBODY = ""
"""Who is absent where a lesson is covered that is nobody's yet."""


class Taught:
    """What people teach: `staff_id` is who takes it, None while nobody does; `also` is a JSON list of whoever takes it
    with them, in order. `room` is None where none is known."""

    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    also: Mapped[str] = mapped_column(Text, default="[]")
    room: Mapped[str | None]

    @property
    def staff(self) -> tuple[str, ...]:
        """Who takes it, in order."""
        return staff_of(self.staff_id, self.also)


def staff_of(first: str | None, also: str) -> tuple[str, ...]:
    """Who takes a lesson, in order, from the columns that say so."""
    return () if first is None else (first, *json.loads(also))


def staff_columns(staff: Sequence[str]) -> dict[str, str | None]:
    """The columns that say who takes a lesson."""
    return {"staff_id": staff[0] if staff else None, "also": json.dumps(list(staff[1:]))}


def is_taught_by(model: type[Taught], staff: str | None) -> Any:
    """Whether somebody takes what a row says, as a condition."""
    return or_(model.staff_id == staff, model.also.contains(json.dumps(staff), autoescape=True))


class TimetableEntry(Taught, Base):
    """What a group does in one period of one weekday (1 is Monday), in all weeks or in weeks "A" or "B" alone, from a
    first to a last day; None: for ever."""

    __tablename__ = "timetable_entry"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str | None]
    weekday: Mapped[int]
    period: Mapped[str]
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"))
    subject: Mapped[str]
    first: Mapped[date | None]
    last: Mapped[date | None]


class Cover(Base):
    """What `staff_id` does in one lesson in place of `absent_id`, who has it on the timetable; `NOBODY` where nobody
    has."""

    __tablename__ = "cover"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    absent_id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class Lesson(Taught, Replicated, Base):
    """One lesson on one day, with whoever has it on the timetable; `taking` counts who covers for them. `gone` marks a
    lesson the timetable no longer has; it is kept, not deleted.

    `week` is the ISO week, `cycle` whether that is a week "A" or "B"; None in a school that does not tell them apart.
    """

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("day", "period", "group_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    week: Mapped[str] = mapped_column(index=True)
    cycle: Mapped[str | None]
    period: Mapped[str]
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), index=True)
    subject: Mapped[str]
    starts: Mapped[datetime] = mapped_column(Moment)
    ends: Mapped[datetime] = mapped_column(Moment)
    gone: Mapped[bool] = mapped_column(default=False)
    covers: Mapped[list[Cover]] = relationship(lazy="selectin", order_by=Cover.absent_id, viewonly=True)

    @property
    def taking(self) -> tuple[str, ...]:
        """Who takes it that day, in order: those who cover stand where whom they cover would."""
        covering = {cover.absent_id: cover.staff_id for cover in self.covers}
        return tuple(dict.fromkeys(covering.get(one, one) for one in self.staff or covering))


class Guest(Base):
    """A student who comes to one lesson of a class that is not theirs; a projection of `lesson.guest`."""

    __tablename__ = "guest"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True, index=True)
    op: Mapped[str]


def is_taken_by(staff: str | None) -> Any:
    """Whether somebody has a lesson on the timetable or covers it, as a condition; so all that they take, and more."""
    covering = select(Cover.lesson_id).where(Cover.staff_id == staff)
    return or_(is_taught_by(Lesson, staff), Lesson.id.in_(covering))
