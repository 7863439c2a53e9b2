"""What was over by the time of a restore, and stays so: a backup holds it as it was before.

What can be known is read from the database that is replaced. Where that cannot be read any more, nothing is believed of
what might have been used up or taken back since.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from webapp.models import (
    BrowserSession,
    Device,
    EnrolCode,
    ProviderAccount,
    RecoveryCode,
    SecondFactor,
    SetUpLink,
    SignIn,
    db,
)
from webapp.web.second_factor import next_step


@dataclass(frozen=True, slots=True)
class Known:
    """What the replaced database says: tablets out of use (id, incarnation, since when), until when people are signed
    in on tablets (tablet, person), recovery codes that are not used yet, and accounts elsewhere that open one here."""

    revoked: list[tuple[str, str, datetime]]
    sign_ins: list[tuple[str, str, datetime]]
    recovery_codes: list[str]
    providers: list[tuple[str, str]]


def read() -> Known:
    out = select(Device.id, Device.incarnation, Device.revoked_at).where(Device.revoked_at.is_not(None))
    return Known(
        _rows(lambda: [(id, incarnation, at) for id, incarnation, at in db.session.execute(out) if at]),
        _rows(lambda: [(device, staff, until) for device, staff, until in db.session.execute(_sign_ins())]),
        _rows(lambda: list(db.session.scalars(select(RecoveryCode.hash)))),
        _rows(lambda: [(of, name) for of, name in db.session.execute(_providers())]),
    )


def keep_ended(connection: Connection, known: Known, now: datetime) -> None:
    """End in the restored school what was or may have been ended since the backup: PINs and ended sign-ins on tablets,
    links to choose a password, codes of second factors, accounts elsewhere, tablets."""
    for table in (SetUpLink, EnrolCode, BrowserSession):
        connection.execute(delete(table))
    _end_sign_ins(connection, known, now)
    connection.execute(update(SignIn).values(pin_hash=None, pin_wrong=0))
    connection.execute(delete(SecondFactor).where(SecondFactor.confirmed.is_(None)))
    connection.execute(update(SecondFactor).values(step=next_step(now)))
    for hash in set(connection.scalars(select(RecoveryCode.hash))) - set(known.recovery_codes):
        connection.execute(delete(RecoveryCode).where(RecoveryCode.hash == hash))
    for of, name in {(of, name) for of, name in connection.execute(_providers())} - set(known.providers):
        connection.execute(
            delete(ProviderAccount).where(ProviderAccount.provider == of, ProviderAccount.subject == name)
        )
    for id, incarnation, at in known.revoked:
        same = (Device.id == id, Device.incarnation == incarnation, Device.revoked_at.is_(None))
        connection.execute(update(Device).where(*same).values(revoked_at=at))


def _end_sign_ins(connection: Connection, known: Known, now: datetime) -> None:
    """Of those in the backup none lasts longer than it did by now. Tablets that know of no restore yet go on."""
    ends = {(device, staff): until for device, staff, until in known.sign_ins}
    for device, staff, until in connection.execute(_sign_ins().where(SignIn.until > now)).all():
        end = min(until, ends.get((device, staff), now))
        same = (SignIn.device_id == device, SignIn.staff_id == staff)
        connection.execute(update(SignIn).where(*same).values(until=end))


def _sign_ins() -> Any:
    return select(SignIn.device_id, SignIn.staff_id, SignIn.until)


def _providers() -> Any:
    return select(ProviderAccount.provider, ProviderAccount.subject)


def _rows(ask: Callable[[], list[Any]]) -> list[Any]:
    """What the database answers, or nothing if it cannot be read."""
    try:
        return ask()
    except SQLAlchemyError:
        db.session.rollback()
        return []
