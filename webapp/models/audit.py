"""The audit trail: who did or read what that is not an operation of the log."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, BigId, Moment


class AuditLine(Base):
    """One line of the trail, which only grows: the database refuses to change a line.

    `about` names a row as "student:12"; `facts` is a JSON object of strings. `hash` is over all of the line and the
    hash of the line before, `previous`.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_by", "by", "sequence"), Index("ix_audit_event", "event", "sequence"))

    sequence: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    by: Mapped[str]
    event: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    facts: Mapped[str] = mapped_column(Text)
    previous: Mapped[str]
    hash: Mapped[str]


class AuditCut(Base):
    """Where the beginning of the trail was cut off: lines up to `upto` may be deleted, and the chain goes on from
    `hash`, which was theirs."""

    __tablename__ = "audit_cut"

    upto: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
