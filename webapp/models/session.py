"""Who is signed in at which browser."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment


class BrowserSession(Base):
    """What the school knows of one browser. Its cookie carries a random name, of which only the hash is kept.

    `staff_id` is who is signed in there, if anybody; `data` the rest, as JSON; `browser` what it calls itself.
    """

    __tablename__ = "browser_session"

    hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    began: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment, index=True)
    browser: Mapped[str]
    data: Mapped[str] = mapped_column(Text)
