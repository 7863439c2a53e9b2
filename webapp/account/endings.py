"""The one way in which all that lets somebody in comes to an end, wherever they are."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete

from webapp.account.links import drop_links
from webapp.account.sessions import end_sessions
from webapp.models import ProviderAccount, Staff, db
from webapp.school import clock
from webapp.sync.devices.pins import forget_pins
from webapp.sync.devices.sign_ins import end_sign_ins
from webapp.web import second_factor


def end_everything(staff: str, now: datetime, but: str | None = None) -> None:
    """End a person's sessions (but for one, by its hash), those on tablets with their PINs, half-way sign-ins, links to
    choose a password, and a second factor that was shown and not confirmed. Inside `with writing()`.

    Whatever changes how somebody signs in, what they may do, or whether they are here calls this. What they recorded
    before stays recorded.
    """
    end_sessions(staff, but)
    end_sign_ins(staff, now)
    forget_pins(staff)
    drop_links(staff)
    second_factor.forget_unconfirmed(staff)


class Standing(NamedTuple):
    """What somebody signs in as. With another of these all they are signed in at ends; who comes back begins anew."""

    username: str
    email: str | None
    role: str
    is_here: bool


def standing_of(person: Staff) -> Standing:
    return Standing(person.username, person.email, person.role, person.is_here(clock.today()))


def end_if_other(person: Staff, before: Standing, but: str | None = None) -> None:
    """End everything of somebody whose row was changed, if they stood otherwise before. Inside `with writing()`."""
    after = standing_of(person)
    if after.email != before.email:
        forget_providers(person.id)
    if after != before:
        end_everything(person.id, clock.now(), but)
    if person.left and after.is_here:
        end_sign_ins(person.id, clock.local_moment(person.left))


def forget_providers(staff: str) -> None:
    """Which account at Microsoft or Google is this person's shows anew with the next sign-in there."""
    db.session.execute(delete(ProviderAccount).where(ProviderAccount.staff_id == staff))
