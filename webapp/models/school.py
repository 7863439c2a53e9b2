"""The school itself: its policy, its calendar and its bells. One database holds one school."""

from datetime import date, datetime

from sqlalchemy import BigInteger, LargeBinary, Text
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
    """A school year, a half term, a closure or the beginning of a week A or B, first and last day included.

    A year has lessons on its `days`, from Monday to Friday if None. A closure may begin with the period `since` of its
    first day, end with the period `until` of its last, and be for some `years` alone; None: the whole of it. `days` and
    `years` are numbers with commas between them; Monday is 1.
    """

    __tablename__ = "calendar_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]
    days: Mapped[str | None]
    since: Mapped[str | None]
    until: Mapped[str | None]
    years: Mapped[str | None]


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
    """One line of the bell schedule; times are local, `HH:MM`. `kind` is lesson, registration, break or lunch.

    It holds on some `days` of the week and for some `years` (numbers with commas between them; None: all), from a
    `first` to a `last` day (None: for ever), so several lines can bear one name. `session` is am or pm of a
    registration.
    """

    __tablename__ = "period"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    starts: Mapped[str]
    ends: Mapped[str]
    kind: Mapped[str]
    session: Mapped[str | None]
    days: Mapped[str | None]
    years: Mapped[str | None]
    first: Mapped[date | None]
    last: Mapped[date | None]
