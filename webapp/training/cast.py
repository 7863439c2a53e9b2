"""Who plays whom in the copy. It is drawn by lot for each copy and kept nowhere, so nobody can look it up."""

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from hashlib import blake2b
from random import SystemRandom
from typing import Any

from sqlalchemy import Connection, select

from webapp.domain.access.rights import CARD_HOLDER
from webapp.domain.marks.levels import NO_LEVEL
from webapp.domain.text.redaction import Redaction
from webapp.domain.text.text import clean
from webapp.models import Group, Item, School, Staff, Student
from webapp.policies import load
from webapp.sync.log.aliases import MERGES, resolved
from webapp.training.names import Name, invented

NOBODY = "nobody"  # for whoever was named and is not on the staff


@dataclass(frozen=True)
class Cast:
    """Students by their ids, staff by theirs, each with the new id and the new name; groups and items of the tuck shop
    by their ids. `keys` are the words that the policy chooses from, `password_hash` is everybody's."""

    students: Mapping[int, int]
    student_names: Mapping[int, Name]
    staff: Mapping[str, str]
    staff_names: Mapping[str, Name]
    groups: Mapping[str, str]
    items: Mapping[str, str]
    keys: frozenset[str]
    password_hash: str
    redaction: Redaction
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _titles: dict[str, str] = field(default_factory=dict)

    @cached_property
    def forenames(self) -> list[str]:
        """Those of the students in the copy."""
        return [name.forename for name in self.student_names.values()]

    def person(self, staff: str | None) -> str | None:
        """Who did something. Nobody did what was imported, and students what their card did."""
        return staff if staff in (None, "", CARD_HOLDER) else self.staff.get(str(staff), NOBODY)

    def title(self, text: str) -> str:
        """What a thing is called: as it is, unless somebody's name stands in it."""
        plain = clean(text)
        if plain not in self._titles:
            is_safe = self.redaction(plain) == plain
            self._titles[plain] = plain if is_safe else f"Renamed {len(self._titles) + 1}"
        return self._titles[plain]

    def hashed(self, text: str) -> str:
        """Another hash for each hash, in hexadecimal, which leads back to none."""
        return blake2b(text.encode(), key=self._secret, digest_size=32).hexdigest()


def draw(connection: Connection, password_hash: str) -> Cast:
    """A cast for the school as it is in this transaction."""
    pupils = connection.execute(select(Student.__table__)).all()
    staff = connection.execute(select(Staff.__table__)).all()
    bearers = [*_bearers(pupils), *((one.forename, one.surname) for one in staff)]
    taken = {word for name in bearers for part in name for word in re.findall(r"\w+", part.lower())}
    names = invented(len(pupils) + len(staff), taken)
    student_names = dict(zip((one.id for one in pupils), names, strict=False))
    staff_names = dict(zip((one.id for one in staff), names[len(pupils) :], strict=True))
    students = _shuffled([one.id for one in pupils])
    merged = {int(gone): students[int(kept)] for gone, kept in resolved(connection.execute(MERGES).all()).items()}
    return Cast(
        students | merged,
        student_names,
        _usernames(staff_names),
        staff_names,
        _groups(connection, {one.group_id: one.year for one in pupils}),
        _numbered("item", connection.scalars(select(Item.id))),
        _keys_of(connection),
        password_hash,
        Redaction(bearers, own=()),
    )


def _bearers(pupils: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for one in pupils:
        yield one.legal_forename, one.legal_surname
        yield one.preferred_forename or one.legal_forename, one.preferred_surname or one.legal_surname


def _shuffled(ids: list[int]) -> dict[int, int]:
    """Each student gets another's number: numbers are in addresses, bookmarks and old printouts."""
    return dict(zip(ids, SystemRandom().sample(ids, len(ids)), strict=True))


def _usernames(names: Mapping[str, Name]) -> dict[str, str]:
    """As the school forms them, such as "w.mossford"; of two that are the same, one has a number."""
    seen, found = Counter[str](), {}
    for staff, name in names.items():
        username = f"{name.forename[0]}.{name.surname}".lower()
        seen[username] += 1
        found[staff] = f"{username}{seen[username]}" if seen[username] > 1 else username
    return found


def _groups(connection: Connection, years: Mapping[str, int]) -> dict[str, str]:
    """Groups by year and number, in an order drawn by lot: their names may be teachers' initials."""
    rows = [(id, years.get(id, f"KS{stage}")) for id, stage in connection.execute(select(Group.id, Group.key_stage))]
    seen, found = Counter[object](), {}
    for id, year in SystemRandom().sample(rows, len(rows)):
        seen[year] += 1
        found[id] = f"{year}-{seen[year]}"
    return found


def _numbered(what: str, ids: Iterable[str]) -> dict[str, str]:
    return {id: f"{what}-{number}" for number, id in enumerate(ids, start=1)}


def _keys_of(connection: Connection) -> frozenset[str]:
    """Every key in the school's policy pack; those of its versions are the same."""
    policy = connection.scalar(select(School.policy))
    return frozenset((NO_LEVEL, *_keys_in(load(str(policy)))))


def _keys_in(value: object) -> Iterable[str]:
    if isinstance(value, tuple):
        for part in value:
            yield from _keys_in(part)
    elif is_dataclass(value):
        if isinstance(key := getattr(value, "key", None), str):
            yield key
        for one in fields(value):
            yield from _keys_in(getattr(value, one.name))
