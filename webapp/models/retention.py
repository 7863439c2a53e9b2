"""What was deleted because its time was over."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, BigId, Moment


class RetentionRun(Base):
    """One deletion. `by` is who ran it; `counts` is JSON, a list of `{key, name, kept, count, people}` for each kind of
    which something was deleted: the rule in words as it was then, the records, and the people they were about. `swept`:
    nothing of it is left in unused parts of the database's files."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str]
    counts: Mapped[str] = mapped_column(Text)
    swept: Mapped[bool] = mapped_column(default=False)
