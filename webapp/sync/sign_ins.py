"""Who may record on a tablet, with or without a network, and until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from webapp import clock
from webapp.models import Device, SignIn, Staff, db

SIGN_IN_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may record on a tablet, by their role, `until` a moment; `on_call`: wants every call for help."""

    role: str
    until: datetime
    on_call: bool


def holders_of(device: Device) -> dict[str, Holder]:
    """Everybody who signed in on a tablet, by their id. With the day on which a person leaves, a sign-in is over."""
    query = select(SignIn, Staff.role, Staff.left).join(Staff, Staff.id == SignIn.staff_id)
    return {
        found.staff_id: Holder(role, _ends(found, left), found.on_call)
        for found, role, left in db.session.execute(query.where(SignIn.device_id == device.id))
    }


def ends_of(device: Device) -> dict[str, datetime]:
    """When the sign-in of each person on a tablet ends or has ended."""
    return {staff: holder.until for staff, holder in holders_of(device).items()}


def end_sign_ins(staff: str, now: datetime) -> None:
    """From now on nobody records in this person's name on any tablet, until they sign in there anew. What was recorded
    before counts whenever it comes. Inside `with writing()`."""
    later = SignIn.staff_id == staff, SignIn.until > now
    db.session.execute(update(SignIn).where(*later).values(until=now))


def longest(staff: Staff, now: datetime) -> datetime:
    """Until when somebody who signs in on a tablet at this moment may record there."""
    return min(now + SIGN_IN_LIFE, clock.local_moment(staff.left)) if staff.left else now + SIGN_IN_LIFE


def _ends(found: SignIn, left: date | None) -> datetime:
    """One that is over was ended when it was: that somebody has left may be noted after they recorded something."""
    if left is None or found.until <= clock.now():
        return found.until
    return min(found.until, clock.local_moment(left))
