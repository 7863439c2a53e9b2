"""Students' cards, and the names the hall board may show."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated


class Card(Replicated, Base):
    """The one card of a student that works. Only the hash of its token is kept, in hexadecimal."""

    __tablename__ = "card"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class BoardName(Base):
    """How a student appears on the hall board: by another name, or not at all. No row: by the first name."""

    __tablename__ = "board_name"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True)
    alias: Mapped[str | None]
    opted_out: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
