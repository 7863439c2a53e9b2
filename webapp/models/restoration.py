"""When the school was put back to a backup."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment


class Restoration(Base):
    """One restore: the school is as it was at `made`, and what happened between then and `at` comes again from the
    tablets."""

    __tablename__ = "restoration"

    at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    made: Mapped[datetime] = mapped_column(Moment)
