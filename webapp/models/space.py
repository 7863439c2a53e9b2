"""Reflection spaces: who asked, who was in them with whom, and calls for help. Projections of the log.

Which spaces there are says the policy pack; `space` holds its key. `acks` is JSON, `[["b.baptiste", "2026-03-03T…"]]`:
who heard of it and when. `day` is the school's local date on which it began.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated


class Space(Replicated, Base):
    """A space that tablets were told of, by its key in the policy pack, which says all the rest."""

    __tablename__ = "space"

    id: Mapped[str] = mapped_column(primary_key=True)


class Ask(Replicated, Base):
    """A call for a space; its id is its operation's, `seq` its place in the queue.

    `status` is confirmed, waiting, entered, cancelled or lapsed. A confirmed one is held `until`; every one `ends`
    with its day. `waited` is set once it had to wait, whatever came after.
    """

    __tablename__ = "ask"

    id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    space: Mapped[str]
    student: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    why: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date] = mapped_column(index=True)
    ends: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(index=True)
    until: Mapped[datetime | None] = mapped_column(Moment)
    waited: Mapped[bool]
    acks: Mapped[str] = mapped_column(Text)


class Stay(Replicated, Base):
    """A student in a space; its id is the operation's that entered it.

    `staff` is the adult present since `staff_since`, None while nobody is named. `left` is None until somebody
    answered whether the student was free to leave; `helped` is JSON, the keys of what helped. A stay that nobody
    ended counts until `ends`, the end of its day. `clash`: more students than places at some moment of it.
    """

    __tablename__ = "stay"

    id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    ask: Mapped[str | None]
    space: Mapped[str]
    student: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    why: Mapped[str | None]
    by: Mapped[str]
    entered: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date] = mapped_column(index=True)
    ends: Mapped[datetime] = mapped_column(Moment)
    staff: Mapped[str | None]
    staff_since: Mapped[datetime] = mapped_column(Moment)
    left: Mapped[datetime | None] = mapped_column(Moment)
    left_by: Mapped[str | None]
    free_to_leave: Mapped[bool | None]
    helped: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    clash: Mapped[bool]
    acks: Mapped[str] = mapped_column(Text)


class Assist(Replicated, Base):
    """A call for help, from a space or any other place; its id is its operation's."""

    __tablename__ = "assist"

    id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    space: Mapped[str | None]
    place: Mapped[str]
    message: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date] = mapped_column(index=True)
    acks: Mapped[str] = mapped_column(Text)


class Plan(Replicated, Base):
    """A weekly intervention in a space from its `first` day to its `last`; its id is its operation's.

    `kind` is one of the pack's interventions; `starts` and `ends` are local, `HH:MM`; `weekday` 1 is Monday;
    `students` is JSON, their ids as strings. `ended` is the day from which it no longer takes place.
    """

    __tablename__ = "plan"

    id: Mapped[str] = mapped_column(primary_key=True)
    space: Mapped[str]
    kind: Mapped[str]
    weekday: Mapped[int]
    starts: Mapped[str]
    ends: Mapped[str]
    first: Mapped[date]
    last: Mapped[date | None]
    staff: Mapped[str]
    students: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    ended: Mapped[date | None]


class Apart(Replicated, Base):
    """Two students who must not be in neighbouring spaces at once, and why, which tablets never hold."""

    __tablename__ = "apart"

    id: Mapped[str] = mapped_column(primary_key=True)
    one: Mapped[int] = mapped_column(ForeignKey("student.id"))
    other: Mapped[int] = mapped_column(ForeignKey("student.id"))
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Restraint(Base):
    """The draft of a restrictive-intervention record, opened when a student was not free to leave (decision D9).

    Its id is its stay's. It is due on the `due` day, listed to leaders until completed, and never on a tablet.
    """

    __tablename__ = "restraint"

    id: Mapped[str] = mapped_column(ForeignKey("stay.id"), primary_key=True)
    student: Mapped[int] = mapped_column(ForeignKey("student.id"))
    opened: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[str]
    due: Mapped[date]
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_by: Mapped[str | None]
