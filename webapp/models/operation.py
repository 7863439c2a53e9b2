"""The append-only log. Everything people do is an operation; all tables that pages read follow from it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, and_, false, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.domain.operations import attention_kinds
from webapp.models.base import Base, BigId, Moment

APPLIED = "applied"
REFUSED = "refused"
ERASED = attention_kinds.ERASED.name
REFUSED_ONLY = text("status = 'refused'")  # few, and looked for with every pull

# What is listed for the office, all of it or of one tablet; a tablet can make it very much.
OPEN_REFUSED = text("status = 'refused' AND settled_at IS NULL")
OPEN_ASIDE = text("settled_at IS NULL")
ONLY_UNSURE = text("unsure")  # very few


class Operation(Base):
    """One stored operation. (device, incarnation, n) names it for ever; `seq` is the school's order.

    `body` is the JSON as sent; `written` says that somebody wrote in it in their own words. `subject` is the row it
    speaks of (`score:12.345`), so that all claims on one row are found at once, or the entry (`d1.k2a9xu.41`); of a
    till's duty, the till that had it afterwards (`till:d3`). `at` is our estimate of when it happened; `unsure` says
    that the clock was wrong, so that it is a guess. A refused operation keeps its reason; it and one that is unsure are
    listed until `settled_at`. `rev` is the sequence number of the last change. Once its time is over an operation is
    `ERASED`: of it remain its names, its place, when it came, and the digest by which it is known should it be sent
    again.
    """

    __tablename__ = "operation"
    __table_args__ = (
        UniqueConstraint("device_id", "incarnation", "n"),
        Index("ix_operation_refused", "device_id", "rev", sqlite_where=REFUSED_ONLY, postgresql_where=REFUSED_ONLY),
        Index("ix_operation_open", "device_id", "seq", sqlite_where=OPEN_REFUSED, postgresql_where=OPEN_REFUSED),
        Index("ix_operation_open_seq", "seq", sqlite_where=OPEN_REFUSED, postgresql_where=OPEN_REFUSED),
        Index("ix_operation_unsure", "seq", sqlite_where=ONLY_UNSURE, postgresql_where=ONLY_UNSURE),
    )

    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"))
    incarnation: Mapped[str]
    n: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    by: Mapped[str]
    wall: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    unsure: Mapped[bool] = mapped_column(server_default=false())
    received: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[str] = mapped_column(Text)
    base: Mapped[int | None] = mapped_column(BigInteger)
    replaces: Mapped[str | None]
    digest: Mapped[str]
    subject: Mapped[str | None] = mapped_column(index=True)
    written: Mapped[bool] = mapped_column(server_default=false())
    status: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    rev: Mapped[int] = mapped_column(BigInteger)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[str | None]

    @property
    def id(self) -> str:
        return f"{self.device_id}.{self.incarnation}.{self.n}"


# Written out, since SQLite takes an index of only some rows for nothing else.
IS_OPEN = and_(Operation.status == literal_column(f"'{REFUSED}'"), Operation.settled_at.is_(None))
"""That an operation is refused, and nobody has dealt with it."""
IS_UNSURE = text("operation.unsure")
"""That an operation was recorded by a clock that was wrong."""


class Quarantined(Base):
    """What a tablet sent but could not be let into the log: other content for a number already stored, or
    anything from a revoked tablet. Kept until somebody settles it; `accepted`: by letting it into the log."""

    __tablename__ = "quarantined"
    __table_args__ = (
        UniqueConstraint("device_id", "incarnation", "n", "digest"),
        Index("ix_quarantined_open", "device_id", "id", sqlite_where=OPEN_ASIDE, postgresql_where=OPEN_ASIDE),
        Index("ix_quarantined_open_id", "id", sqlite_where=OPEN_ASIDE, postgresql_where=OPEN_ASIDE),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"))
    incarnation: Mapped[str]
    n: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    accepted: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str]
    received: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[str | None]
