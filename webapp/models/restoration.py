"""When the school was put back to a backup, and what was judged anew since."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment


class Restoration(Base):
    """One restore: the school is as it was at `made`, and what happened between then and `at` comes again from the
    tablets."""

    __tablename__ = "restoration"

    at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    made: Mapped[datetime] = mapped_column(Moment)


class Overturned(Base):
    """An operation that was refused only because the restored school did not know enough yet. Its tablet takes it off
    the list of refused ones."""

    __tablename__ = "overturned"

    operation: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[str] = mapped_column(index=True)
    rev: Mapped[int] = mapped_column(BigInteger)
