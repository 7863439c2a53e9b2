"""What a school changed in its policy pack, and what is being discussed."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, BigId, Moment


class PolicyVersion(Base):
    """The pack as it holds from the Monday of `week` on, until a later version's week.

    `settings` is a JSON object of the values of all settings (webapp/policies/settings.py). One that had not begun can
    be withdrawn.
    """

    __tablename__ = "policy_version"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    week: Mapped[str]
    settings: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    why: Mapped[str] = mapped_column(Text)
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class PolicyDraft(Base):
    """The one change that is being discussed, in the same form."""

    __tablename__ = "policy_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str]
    settings: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
