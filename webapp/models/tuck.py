"""The tuck shop: what there is, what was taken, and which till serves whom. Projections of the log."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated


class Item(Replicated, Base):
    """Something in the tuck shop. `price` counts against the day's allowance; `allergens` is JSON, a list of words;
    `picture` names one of our pictures. `gone`: no longer offered."""

    __tablename__ = "item"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[int]
    stock: Mapped[int]
    allergens: Mapped[str] = mapped_column(Text)
    picture: Mapped[str]
    gone: Mapped[bool] = mapped_column(default=False)


class Redemption(Replicated, Base):
    """An item a student took on a day; its id is its operation's. `price` is what the item counted when it was taken.
    `voided_at` is set once it was taken back."""

    __tablename__ = "redemption"

    id: Mapped[str] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    item: Mapped[str] = mapped_column(ForeignKey("item.id"))
    price: Mapped[int]
    day: Mapped[date] = mapped_column(index=True)
    device: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    voided_by: Mapped[str | None]


class Till(Replicated, Base):
    """Which device sells to a group. While the duty moves, `to` is the device that takes over once the old one has let
    go. A group without a row belongs to the school's first till. `why`: a leader moved it without waiting."""

    __tablename__ = "till"

    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), primary_key=True)
    device: Mapped[str]
    to: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    why: Mapped[str | None] = mapped_column(Text)


class StockCount(Base):
    """What somebody counted on the shelf, and what should have been there; its id is its operation's."""

    __tablename__ = "stock_count"

    id: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(ForeignKey("item.id"))
    expected: Mapped[int]
    counted: Mapped[int]
    day: Mapped[date] = mapped_column(index=True)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
