"""What levels open besides the tuck shop: the reward room, the options period, the trip, and key stage 4's awards.
Projections of the log."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated


class Admission(Replicated, Base):
    """A student let into the reward room; its id is its operation's. `window` is a day and a kind of pause, such as
    "2026-03-03/break". `again`: the student was inside already, by what the school knows."""

    __tablename__ = "admission"

    id: Mapped[str] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    window: Mapped[str] = mapped_column(index=True)
    day: Mapped[date] = mapped_column(index=True)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    left: Mapped[datetime | None] = mapped_column(Moment)
    again: Mapped[bool]


class OptionChoice(Replicated, Base):
    """What a student chose for the options period of a week; `choice` is None once it was taken back."""

    __tablename__ = "option_choice"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True)
    week: Mapped[str] = mapped_column(primary_key=True, index=True)
    choice: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class TripDecision(Base):
    """Whom a leader picked among those tied for the last places of a half term's trip (D6). `half_term` is its first
    day; `picked` and `tied` are JSON, the ids of students: those picked, and those among whom."""

    __tablename__ = "trip_decision"

    half_term: Mapped[date] = mapped_column(primary_key=True)
    picked: Mapped[str] = mapped_column(Text)
    tied: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class Award(Replicated, Base):
    """A reward on a student's own pathway, for attendance or a milestone; its id is its operation's. `note` says in
    words the student may read what it was for."""

    __tablename__ = "award"

    id: Mapped[str] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    award: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    day: Mapped[date] = mapped_column(index=True)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None]
