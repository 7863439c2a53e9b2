"""Enrolled tablets, and what keeps strangers out."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.domain.access.duties import BROWSER as BROWSER
from webapp.domain.access.duties import IMPORT as IMPORT
from webapp.domain.access.duties import TILL as TILL
from webapp.models.base import Base, Moment

# The school's own writers: they number their operations like any tablet.
OWN_DEVICES = (BROWSER, IMPORT)


class Device(Base):
    """A writer of operations: a tablet, or one of the school's own.

    `upto` is the highest operation number stored; `skew` its clock minus ours, in milliseconds, when last heard;
    `trouble` says in words why it needs a look. What follows it is what the tablet says of itself, if it does: the
    version of its worker, how many entries it has not sent and since when, whether the browser has promised to keep
    them, and how many bytes it uses of how many. `bare_at`: when its pages came from the school, as if it were none.
    `fault`: what went wrong in its program last, as the program says it.
    Of the day on which it last sent something bad, how much it sent then that was refused or put aside.
    """

    __tablename__ = "device"
    __table_args__ = (Index("ix_device_enrolled_at", "enrolled_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    incarnation: Mapped[str]
    name: Mapped[str]
    duty: Mapped[str]
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    enrolled_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    last_heard: Mapped[datetime | None] = mapped_column(Moment)
    skew: Mapped[int | None] = mapped_column(BigInteger)
    upto: Mapped[int] = mapped_column(BigInteger, default=0)
    trouble: Mapped[str | None]
    version: Mapped[str | None]
    unsent: Mapped[int | None]
    oldest: Mapped[datetime | None] = mapped_column(Moment)
    persisted: Mapped[bool | None]
    used: Mapped[int | None] = mapped_column(BigInteger)
    quota: Mapped[int | None] = mapped_column(BigInteger)
    bare_at: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str | None]
    bad_day: Mapped[date | None]
    bad_entries: Mapped[int] = mapped_column(default=0, server_default="0")
    bad_letters: Mapped[int] = mapped_column(default=0, server_default="0")


class EnrolCode(Base):
    """A one-time code for enrolling a tablet, kept as a hash."""

    __tablename__ = "enrol_code"

    hash: Mapped[str] = mapped_column(primary_key=True)
    duty: Mapped[str]
    until: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignIn(Base):
    """A person who may record on a tablet, with or without a network, from `since` until `until`; `wall` is what the
    tablet's own clock said at `since`, if it told. `on_call`: shows them every call for help; `pin_hash`: what the
    person must type to take the tablet up where no worker looks after it, which was `pin_wrong` so often."""

    __tablename__ = "sign_in"

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    wall: Mapped[datetime | None] = mapped_column(Moment)
    on_call: Mapped[bool] = mapped_column(default=False)
    pin_hash: Mapped[str | None]
    pin_wrong: Mapped[int] = mapped_column(default=0)


class PastSignIn(Base):
    """A sign-in that ended before its person signed in there again. What was recorded during it may still come."""

    __tablename__ = "past_sign_in"

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    until: Mapped[datetime] = mapped_column(Moment)
    wall: Mapped[datetime | None] = mapped_column(Moment)


class LockOut(Base):
    """How often something secret was guessed wrongly, when last, and until when no more guesses are taken. `key` is
    unique and says all (`webapp/domain/access/guesses.py`); `staff_id` is whose secret it is, if somebody's."""

    __tablename__ = "lock_out"
    __table_args__ = (Index("ix_lock_out_until", "until", "key"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str | None] = mapped_column(index=True)
    failures: Mapped[int]
    until: Mapped[datetime | None] = mapped_column(Moment)
    last: Mapped[datetime | None] = mapped_column(Moment)
