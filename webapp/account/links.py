"""Links with which people choose a password of their own: made at the desk, good once and for a day."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete

from webapp.models import SetUpLink, Staff, db
from webapp.school.clock import local_date

LIFE = timedelta(hours=24)


def make_link(staff: str, now: datetime) -> str:
    """The secret part of a new link, which takes the place of those before it. Inside `with alone()`."""
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(SetUpLink).where((SetUpLink.staff_id == staff) | (SetUpLink.until <= now)))
    db.session.add(SetUpLink(hash=_hash(token), staff_id=staff, until=now + LIFE))
    return token


def owner_of(token: str, now: datetime) -> Staff | None:
    """Whose link it is, if it still works."""
    link = db.session.get(SetUpLink, _hash(token))
    person = db.session.get(Staff, link.staff_id) if link and now < link.until else None
    return person if person and person.is_here(local_date(now)) else None


def drop_links(staff: str) -> None:
    """No link of this person's works any more. Inside `with alone()`."""
    db.session.execute(delete(SetUpLink).where(SetUpLink.staff_id == staff))


def _hash(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
