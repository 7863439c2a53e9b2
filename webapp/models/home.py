"""What comes from the school's other systems about a student, and stays at the desk: contacts and attendance."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class Contact(Base):
    """A parent or carer of a student; `place` says whom to ring first. What is not known is None.

    `note` is about a court order: only those who safeguard see it.
    """

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    place: Mapped[int]
    surname: Mapped[str]
    forename: Mapped[str | None]
    relationship: Mapped[str | None]
    responsibility: Mapped[bool | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]
    do_not_contact: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)

    @property
    def name(self) -> str:
        return f"{self.forename or ''} {self.surname}".strip()


class Attendance(Base):
    """A student's mark for a session, `am` or `pm`: a code of the Department for Education."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_day", "day"),)

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    minutes: Mapped[int | None]
