"""How staff prove who they are, besides the password that stands with the person, and who is signed in where."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment


def _owner() -> Mapped[str]:
    return mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)


class Account(Base):
    """What happens to an account without anybody changing the person."""

    __tablename__ = "account"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    last_sign_in: Mapped[datetime] = mapped_column(Moment)


class SecondFactor(Base):
    """What a person's authenticator app counts from. The secret is sealed (`webapp/web/encryption.py`).

    It asks for nothing until it is `confirmed`; `step` is the 30 seconds of the last code taken, which works once.
    """

    __tablename__ = "second_factor"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str]
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    step: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """A code that stands once for the second factor; used ones are gone."""

    __tablename__ = "recovery_code"

    hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = _owner()


class ProviderAccount(Base):
    """Somebody's account with Microsoft or Google: `subject` is what the provider calls it for ever."""

    __tablename__ = "provider_account"

    provider: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = _owner()
    linked: Mapped[datetime] = mapped_column(Moment)


class SetUpLink(Base):
    """A link with which a person chooses a password, once, until `until`."""

    __tablename__ = "set_up_link"

    hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = _owner()
    until: Mapped[datetime] = mapped_column(Moment)


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
