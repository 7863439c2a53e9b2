"""Who is at the school: groups, staff and students, and who is in which class."""

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.domain.marks.part_time import Away, is_away
from webapp.domain.text.text import sort_key
from webapp.domain.time.stretch import Stretch
from webapp.domain.time.years import key_stage
from webapp.models.base import NEVER_AGAIN, Base, Moment, Replicated

FORMER = "former-"
"""What stands before a student's number in place of the UPN once the name is deleted."""

FORMER_STUDENT = {"legal_forename": "Former", "legal_surname": "student"}
FORMER_STAFF = {"forename": "Former", "surname": "colleague"}
"""By what names those go of whom only records are left."""


REGISTRATION, CLASS = "registration", "class"


class Group(Replicated, Base):
    """A class: a registration group, of which every student is in one, or by `kind` any other, such as a set or an
    intervention. Its id is the name it was first imported with."""

    __tablename__ = "group"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    key_stage: Mapped[int]
    kind: Mapped[str] = mapped_column(default=REGISTRATION)


class Responsibility(Base):
    """A group that is given to a member of staff: a tutor's own, or each group of a head of year's year."""

    __tablename__ = "responsibility"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), primary_key=True)


class Staff(UserMixin, Replicated, Base):
    """A member of staff. The id is the username the person was first imported with; `left` the first day not here.

    `initials` are what the timetable calls the person, where that is not the username."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    surname: Mapped[str]
    forename: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str | None]
    left: Mapped[date | None]
    email: Mapped[str | None] = mapped_column(unique=True)
    initials: Mapped[str | None]

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}".strip()

    @property
    def sort(self) -> str:
        """What lists of people are ordered by."""
        return sort_key(f"{self.surname} {self.forename}")

    def is_here(self, day: date) -> bool:
        """Whether the person works at the school on a day."""
        return self.left is None or self.left > day


class PartTime(Base):
    """A period of a weekday (1 is Monday) in which a student is not in school. Only the desk sees the `reason`."""

    __tablename__ = "part_time"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    weekday: Mapped[int]
    period: Mapped[str]
    first: Mapped[date]
    last: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)

    @property
    def away(self) -> Away:
        return Away(self.weekday, self.period, self.first, self.last)


class Spell(Base):
    """An earlier time of a student at the school: the first day, where known, and the first day no longer on roll."""

    __tablename__ = "spell"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    joined: Mapped[date | None]
    left: Mapped[date]


class FormerUpn(Base):
    """A UPN that a student had before: a temporary one, or that of a record that was merged into this one."""

    __tablename__ = "former_upn"

    upn: Mapped[str] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)


class Merge(Base):
    """Two records of one person became one: `gone` is the id of the student that is no more, `kept` of the one that
    stands for both. The log still names the former, and is read with the latter. `touches` is compressed JSON, the rows
    beside the log as they were before and after; None once it is too old to be undone."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    gone: Mapped[int] = mapped_column(index=True)
    kept: Mapped[int] = mapped_column(index=True)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    touches: Mapped[bytes | None] = mapped_column(LargeBinary)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str | None]


class Student(Replicated, Base):
    """A student. `joined` and `left` are the first and the first day no longer on roll, where known, of this or the
    latest time at the school; `spells` are those before. `born` is known of some. `apart` tells them from another one
    of the same name (`domain/text/namesakes.py`); `group_id` is the registration group of today."""

    __tablename__ = "student"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    upn: Mapped[str] = mapped_column(unique=True)
    admission: Mapped[str | None]
    legal_surname: Mapped[str]
    legal_forename: Mapped[str]
    preferred_surname: Mapped[str | None]
    preferred_forename: Mapped[str | None]
    born: Mapped[date | None]
    year: Mapped[int]
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), index=True)
    joined: Mapped[date | None]
    left: Mapped[date | None]
    apart: Mapped[str | None]
    part_times: Mapped[list[PartTime]] = relationship(lazy="selectin", order_by=PartTime.id, viewonly=True)
    spells: Mapped[list[Spell]] = relationship(lazy="selectin", order_by=Spell.left, viewonly=True)

    @property
    def name(self) -> str:
        """The name the student goes by, with what tells them from another one of that name."""
        return f"{self.bare_name} ({self.apart})" if self.apart else self.bare_name

    @property
    def bare_name(self) -> str:
        forename = self.preferred_forename or self.legal_forename
        return f"{forename} {self.preferred_surname or self.legal_surname}".strip()

    @property
    def names(self) -> list[tuple[str, str]]:
        """Legal and preferred names, and both mixed, each as forename and surname."""
        forenames = {self.legal_forename, self.preferred_forename or self.legal_forename}
        surnames = {self.legal_surname, self.preferred_surname or self.legal_surname}
        return [(forename, surname) for forename in sorted(forenames) for surname in sorted(surnames)]

    @property
    def sort(self) -> str:
        """Where the student stands in a list: by surname, case and accents aside."""
        surname = self.preferred_surname or self.legal_surname
        return sort_key(f"{surname} {self.preferred_forename or self.legal_forename}")

    @property
    def key_stage(self) -> int:
        return key_stage(self.year)

    @property
    def is_former(self) -> bool:
        """Whether the name is deleted, and only records that others depend on are left."""
        return self.upn.startswith(FORMER)

    def on_roll(self, first: date, last: date) -> bool:
        """Whether the student is on roll on any day from first to last."""
        times = [(self.joined, self.left), *((spell.joined, spell.left) for spell in self.spells)]
        return any((joined is None or joined <= last) and (left is None or left > first) for joined, left in times)

    def is_away(self, day: date, period: str) -> bool:
        """Whether the student has a part-time timetable for this period of this day."""
        return is_away((part.away for part in self.part_times), day, period)


class Membership(Replicated, Base):
    """A student in a class, from the first to the last day, both included; None: for ever.

    Those in registration groups do not overlap, and the one of today is the student's group.
    """

    __tablename__ = "membership"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), index=True)
    first: Mapped[date | None]
    last: Mapped[date | None]

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.first, self.last)
