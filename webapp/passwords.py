"""Passwords, kept as Argon2id hashes."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The hash to store; it carries its own salt and costs."""
    return HASHER.hash(_bytes(password))


def check_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one stored. A person without one takes as long to refuse as a wrong guess."""
    try:
        known = HASHER.verify(_nobodys_hash() if stored is None else stored, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return known and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether a hash was made at other costs than today's."""
    return HASHER.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    """Half a surrogate pair, which JSON can hold, is a wrong guess like any other."""
    return password.encode(errors="surrogatepass")


@cache
def _nobodys_hash() -> str:
    return hash_password("")
