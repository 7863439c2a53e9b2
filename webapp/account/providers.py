"""Whom of the staff a provider speaks of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from webapp.config import Provider
from webapp.domain.access.claims import is_of_domain, verified_email
from webapp.domain.refusal import Refusal
from webapp.models import ProviderAccount, Staff, db
from webapp.school import audit
from webapp.school.clock import local_date

UNVERIFIED = Refusal("unverified", "{} does not vouch for your e-mail address. Sign in with your password.")
UNKNOWN = Refusal(
    "unknown-person",
    "Nobody at this school has the e-mail address that {} named. Ask the office to add it to your account.",
)
ELSEWHERE = Refusal(
    "another-organisation", "That is not an account the school has with {}. Choose the one you have for your work."
)
ANOTHER = Refusal(
    "another-account",
    "Another account with {} belongs to this person. If it is yours, ask the office to save your e-mail address anew.",
)


def person_of(provider: Provider, claims: Mapping[str, Any], now: datetime) -> Staff | Refusal:
    """The person whose account it is, or the first time the one with its verified address. Inside `with writing()`."""
    if provider.domain is not None and not is_of_domain(claims, provider.domain):
        return ELSEWHERE
    known = db.session.get(ProviderAccount, (provider.key, claims["sub"]))
    if known:
        owner = db.session.get_one(Staff, known.staff_id)
        return owner if owner.is_here(local_date(now)) else UNKNOWN
    address = verified_email(claims)
    if address is None:
        return UNVERIFIED
    person = db.session.scalar(select(Staff).where(Staff.email == address))
    if person is None or not person.is_here(local_date(now)):
        return UNKNOWN
    if db.session.query(ProviderAccount).filter_by(provider=provider.key, staff_id=person.id).first():
        return ANOTHER  # an address that was somebody else's before must not open their account
    db.session.add(ProviderAccount(provider=provider.key, subject=claims["sub"], staff_id=person.id, linked=now))
    audit.note("account.provider", f"staff:{person.id}", provider=provider.key)
    return person
