"""Projections of the log: marks, weekly levels and caps. `rebuild` can make them all again."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated

CONTESTED = text("contested")  # few of very many


class Score(Replicated, Base):
    """The mark that stands for one student in one lesson: "0" to "5", "authorised", "exempt" or none.

    `contested` is set while two people gave different marks and neither had seen the other's. `week` is the
    lesson's, held here too so that a student's marks of one week are found without reading a year of them.
    """

    __tablename__ = "score"
    __table_args__ = (
        Index("ix_score_student_id_week", "student_id", "week"),
        Index("ix_score_contested", "at", sqlite_where=CONTESTED, postgresql_where=CONTESTED),
        {"sqlite_with_rowid": False},
    )

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True)
    week: Mapped[str]
    mark: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    op: Mapped[str]
    contested: Mapped[bool] = mapped_column(default=False)


class Level(Replicated, Base):
    """What a student's earlier marks earn in one week. `marks` is the deciding week's lessons as JSON:
    `[["2026-03-02", "1", 4], …]` with date, period and mark, in order."""

    __tablename__ = "level"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True)
    week: Mapped[str] = mapped_column(primary_key=True, index=True)
    level: Mapped[str | None]
    earned: Mapped[str | None]
    cap: Mapped[str | None]
    sum: Mapped[int]
    count: Mapped[int]
    from_week: Mapped[str | None]
    marks: Mapped[str] = mapped_column(Text)


class Cap(Replicated, Base):
    """A reward removed from `start` until `until` or until lifted (decision D5); its id is its operation's."""

    __tablename__ = "cap"

    id: Mapped[str] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    cap: Mapped[str]
    start: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    lifted: Mapped[date | None]
    lifted_by: Mapped[str | None]
