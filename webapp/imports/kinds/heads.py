"""That somebody stays who looks after everybody's account: a school without one cannot help itself any more."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import select

from webapp.domain.access.rights import HEADS
from webapp.domain.refusal import Refusal
from webapp.models import ProviderAccount, Staff, db

Place = tuple[str, date | None]
"""A role, and the first day not at the school."""

LAST: Final = Refusal(
    "last-head",
    f"Nobody would be left of {HEADS.words}, who look after everybody’s account.",
)


def takes_the_last(changes: Mapping[str, Place | None]) -> bool:
    """Whether people (by id) with these places instead of theirs, or gone, are the last who look after all accounts."""
    linked = select(ProviderAccount.staff_id)
    can_sign_in = Staff.password_hash.is_not(None) | Staff.id.in_(linked)
    rows = db.session.execute(select(Staff.id, Staff.role, Staff.left).where(can_sign_in))
    now: dict[str, Place | None] = {id: (role, left) for id, role, left in rows}
    after = now | {id: place for id, place in changes.items() if id in now}
    return any(map(_stays_as_head, now.values())) and not any(map(_stays_as_head, after.values()))


def _stays_as_head(place: Place | None) -> bool:
    return place is not None and place[0] in HEADS and place[1] is None
