"""Groups of roles, for tables that say who may do what."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """Some of the school's roles (`domain/access/roles.py`), and how a sentence calls them."""

    words: str
    roles: tuple[str, ...]

    def __contains__(self, role: object) -> bool:
        return role in self.roles

    def __iter__(self) -> Iterator[str]:
        return iter(self.roles)


def people(words: str, *roles: str | People) -> People:
    """Roles and groups of roles, each role once."""
    every = [name for role in roles for name in (role if isinstance(role, People) else (role,))]
    return People(words, tuple(dict.fromkeys(every)))
