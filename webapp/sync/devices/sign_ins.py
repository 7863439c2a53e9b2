"""Who may record on a tablet, with or without a network, and when: from a sign-in until it ends."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from webapp.domain.access.tenure import COMES_WITHIN, SIGN_IN_LIFE, Span
from webapp.models import Device, PastSignIn, Restoration, SignIn, Staff, db
from webapp.models.device import OWN_DEVICES
from webapp.school import clock

LIFETIME = timedelta(days=36_525)
"""By no more than this a clock is wrong; databases keep no years beyond theirs."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may record on a tablet, by their role, `until` a moment; `on_call`: wants every call for help.
    `spans` are all times in which they could, oldest first."""

    role: str
    until: datetime
    on_call: bool
    spans: tuple[Span, ...]


def holders_of(device: Device) -> dict[str, Holder]:
    """Everybody who signed in on a tablet, by their id. With the day on which a person leaves, a sign-in is over."""
    spans: dict[str, list[Span]] = defaultdict(list)
    roles, on_call = {}, {}
    for found, role, left in (*_rows(PastSignIn, device), *_rows(SignIn, device)):
        spans[found.staff_id].append(Span(found.since, _ends(found.until, left), found.wall))
        roles[found.staff_id], on_call[found.staff_id] = role, isinstance(found, SignIn) and found.on_call
    return {staff: Holder(roles[staff], spans[staff][-1].until, on_call[staff], tuple(spans[staff])) for staff in spans}


def ends_of(device: Device) -> dict[str, datetime]:
    """When the sign-in of each person on a tablet ends or has ended."""
    return {staff: holder.until for staff, holder in holders_of(device).items()}


def _rows(model: Any, device: Device) -> Sequence[Any]:
    """Sign-ins on a tablet, oldest first for each person, with the person's role and when they left."""
    query = select(model, Staff.role, Staff.left).join(Staff, Staff.id == model.staff_id)
    return db.session.execute(query.where(model.device_id == device.id).order_by(model.staff_id, model.since)).all()


def _ends(until: datetime, left: date | None) -> datetime:
    """One that is over was ended when it was: that somebody has left may be noted after they recorded something."""
    return min(until, clock.local_moment(left)) if left and until > clock.now() else until


def lasts_until(staff: Staff, now: datetime) -> datetime:
    """Until when somebody who signs in on a tablet at this moment may record there."""
    return min(now + SIGN_IN_LIFE, clock.local_moment(staff.left)) if staff.left else now + SIGN_IN_LIFE


def begin_sign_in(
    device: Device, person: Staff, now: datetime, on_call: bool = False, wall: datetime | None = None
) -> datetime:
    """Somebody signed in on a tablet, whose own clock said `wall`, if it told; until when they may record there. A
    sign-in that still lasts becomes longer, and one that had ended is kept beside the new one. Inside `with writing()`.
    """
    until, wall = lasts_until(person, now), _clock_of(device, now, wall)
    found = db.session.get(SignIn, (device.id, person.id))
    if found and found.until > now:
        found.until, found.on_call, found.pin_wrong = until, on_call, 0
        # A clock that was put right since says so: what it showed on either occasion came after the first.
        found.wall = min(filter(None, (found.wall, wall)), default=None)
        return until
    _forget_old(device, now)
    if found:
        _keep(found.device_id, found)
    values = {"device_id": device.id, "staff_id": person.id, "since": now, "until": until, "wall": wall}
    db.session.merge(SignIn(**values, on_call=on_call, pin_wrong=0))
    return until


def _clock_of(device: Device, now: datetime, told: datetime | None) -> datetime | None:
    """What a tablet's clock says: what it told, else as wrong as it was when last heard; None for no time at all."""
    error = told - now if told else None if device.skew is None else timedelta(milliseconds=device.skew)
    return None if error is None or abs(error) > LIFETIME else now + error


def end_sign_ins(staff: str, now: datetime) -> None:
    """End somebody's sign-ins on every tablet. What was recorded before counts if it comes within 14 days. Inside
    `with writing()` or `with alone()`."""
    lasting = update(SignIn).where(SignIn.staff_id == staff, SignIn.until > now)
    db.session.execute(lasting.values(until=now))
    _end_lost(staff, now)


def _end_lost(staff: str, now: datetime) -> None:
    """A restore may have taken some: on every tablet from before it, whatever there was ended now."""
    for restored in db.session.scalars(select(Restoration).where(Restoration.at >= now - SIGN_IN_LIFE)):
        known = select(SignIn.device_id).where(SignIn.staff_id == staff)
        tablets = select(Device.id).where(Device.enrolled_at <= restored.at, Device.id.not_in(OWN_DEVICES))
        for device in db.session.scalars(tablets.where(Device.id.not_in(known))):
            db.session.merge(PastSignIn(device_id=device, staff_id=staff, since=restored.made, until=now, wall=None))


def hand_on_sign_ins(before: Device, device: Device, now: datetime) -> None:
    """A tablet is enrolled anew as another: what people recorded on it until now may still come from there. Nobody may
    record anything more there for that. Inside `with writing()`."""
    past = select(PastSignIn).where(PastSignIn.device_id == before.id)
    lasting = select(SignIn).where(SignIn.device_id == before.id, SignIn.since < now)
    for found in (*db.session.scalars(past), *db.session.scalars(lasting)):
        _keep(device.id, found, now)


def _keep(device: str, found: SignIn | PastSignIn, now: datetime | None = None) -> None:
    until = min(found.until, now) if now else found.until
    db.session.merge(
        PastSignIn(device_id=device, staff_id=found.staff_id, since=found.since, until=until, wall=found.wall)
    )


def _forget_old(device: Device, now: datetime) -> None:
    """Nothing comes of these any more."""
    over = PastSignIn.until < now - COMES_WITHIN
    db.session.execute(delete(PastSignIn).where(PastSignIn.device_id == device.id, over))
