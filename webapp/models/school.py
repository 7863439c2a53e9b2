"""The school itself: its policy, its calendar and its bells. One database holds one school."""

from datetime import date, datetime

from sqlalchemy import BigInteger, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated

REQUIRED, OFFERED = "required", "offered"


class School(Replicated, Base):
    """The one row that says which school this is.

    `sequence` is the last number handed out to an operation or a changed row; `rolled` is the day for which
    rows entered and left the tablets' window; `pack` is the digest of the policy that tablets were last told of;
    `epoch` changes when a backup is restored. `second_factor` is "required" of those whose role sees what is sensitive,
    or "offered" to everybody.
    """

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    policy: Mapped[str]
    epoch: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    rolled: Mapped[date | None]
    pack: Mapped[str | None]
    second_factor: Mapped[str] = mapped_column(default=REQUIRED)


class CalendarEntry(Base):
    """A school year, a half term or a closure, first and last day included."""

    __tablename__ = "calendar_entry"
    __table_args__ = (UniqueConstraint("kind", "name", "start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]


class RollOver(Base):
    """A school year gives way to the next on a `day`: everybody goes up a year and into another class, and the top year
    has left. `students` is JSON, the ids of those who go up; they have since `done`. `touches` is compressed JSON, what
    was prepared: memberships, days of leaving and new classes; None once it was undone."""

    __tablename__ = "roll_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    students: Mapped[str] = mapped_column(Text)
    done: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    touches: Mapped[bytes | None] = mapped_column(LargeBinary)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str | None]


class Period(Base):
    """One line of the bell schedule; times are local, `HH:MM`. `kind` is lesson, break or lunch."""

    __tablename__ = "period"

    name: Mapped[str] = mapped_column(primary_key=True)
    starts: Mapped[str]
    ends: Mapped[str]
    kind: Mapped[str]
