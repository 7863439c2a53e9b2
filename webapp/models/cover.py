"""Who takes a lesson in place of whoever has it on the timetable."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment


class Cover(Base):
    """One lesson covered by `staff_id`, while it is `absent_id`'s on the timetable."""

    __tablename__ = "cover"

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    absent_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
