"""What a provider such as Microsoft or Google says of somebody who has signed in there."""

from collections.abc import Mapping
from typing import Any, Final

from webapp.domain.text.text import email_of

# Google's word for it, and Microsoft's: that the owner of the address, or of its domain, has been verified. Without it
# an address is what anybody typed into an account of their own.
# https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
VERIFIED: Final = ("email_verified", "xms_edov")


def verified_email(claims: Mapping[str, Any]) -> str | None:
    """The address a provider vouches for, in small letters."""
    address = claims.get("email")
    if not isinstance(address, str) or not any(_is_true(claims.get(name)) for name in VERIFIED):
        return None
    return email_of(address)


def is_of_domain(claims: Mapping[str, Any], domain: str) -> bool:
    """Whether Google says that an organisation looks after the account: that of this domain, or if none is given, that
    of the domain in the address. Anybody may have an account of their own there with an address of the school's.
    """
    of, address = claims.get("hd"), claims.get("email")
    if not isinstance(of, str) or not of:
        return False
    return of.casefold() == (domain or str(address).rpartition("@")[2]).casefold()


def has_second_factor(claims: Mapping[str, Any]) -> bool:
    """Whether the provider has asked for a second factor itself (RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and "mfa" in methods


def _is_true(value: object) -> bool:
    """Microsoft sends 1 or "1" where others send true."""
    return value is True or value in (1, "1", "true")
