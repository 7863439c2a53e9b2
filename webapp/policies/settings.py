"""What a school may change in its pack, and packs with such changes.

A version of a school's policy is the pack that comes with the software with the values of these settings. All else
follows the file.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from webapp.policies.loader import PolicyError, content_of, load, pack_of
from webapp.policies.pack import Pack
from webapp.policies.rewards import WINDOWS

DECIMAL: Final = "decimal"
WHOLE: Final = "whole"
SOME: Final = "some"

Value = str | int | list[str]
Values = Mapping[str, Value]
"""The values of settings by their names, as TOML has them."""


class Changeable(NamedTuple):
    """A key of the table at `where`, or of each table in the list there; `label` may name the table's own keys."""

    where: str
    key: str
    kind: str
    label: str


CHANGEABLE: Final = (
    Changeable("levels.rules", "threshold", DECIMAL, "{name} from a mean of"),
    Changeable("levels.rules", "tuck_items", WHOLE, "{name}: tuck shop items a day"),
    Changeable("tuck", "void", WHOLE, "Tuck shop: minutes in which a sale can be taken back"),
    Changeable("room", "capacity", WHOLE, "{name}: students at once"),
    Changeable("room", "windows", SOME, "{name}: opens at"),
    Changeable("trip", "places", WHOLE, "Trip: places"),
    Changeable("calls", "lapse", WHOLE, "Reflection spaces: minutes a place is held for whoever asked"),
    Changeable("calls", "unnamed", WHOLE, "Reflection spaces: minutes without a named adult until leaders are called"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that a school may change, with the clause it stands under.

    `name` is what it is called for good, `levels.rules.heroic.threshold`; `path` is where the loader finds faults with
    it, `levels.rules#1.threshold`.
    """

    name: str
    path: str
    label: str
    kind: str
    clause: str
    choices: tuple[str, ...]


@cache
def settings_of(key: str) -> tuple[Setting, ...]:
    """The settings of a pack, in the order of the list above."""
    return tuple(setting for setting, _, _ in _settings(content_of(key)))


def values_of(key: str) -> Values:
    """The values of a pack as it comes with the software."""
    return {setting.name: table[word] for setting, table, word in _settings(content_of(key))}


def load_changed(key: str, values: Values) -> Pack:
    """The pack with these values; PolicyError lists what is wrong with them. A name that no setting has any more is
    passed over, so that a version outlives what it once changed."""
    return _load_changed(key, json.dumps(dict(values), sort_keys=True)) if values else load(key)


@cache
def limits_of(key: str) -> Mapping[str, str]:
    """What may stand in each setting, by name, in the loader's words: it is asked by giving it nothing."""
    try:
        load_changed(key, {setting.name: None for setting in settings_of(key)})  # type: ignore[misc]
    except PolicyError as error:
        return {setting.name: error.by_key[setting.path].wanted for setting in settings_of(key)}
    raise AssertionError("a pack without values was taken")


def differing(key: str, old: Values, new: Values) -> list[Setting]:
    """The settings that have another value; "4.60" is no other than "4.6"."""
    return [setting for setting in settings_of(key) if _exact(setting, old) != _exact(setting, new)]


def _exact(setting: Setting, values: Values) -> object:
    value = values.get(setting.name)
    return Fraction(value) if setting.kind == DECIMAL and isinstance(value, str) else value


@lru_cache(maxsize=64)
def _load_changed(key: str, text: str) -> Pack:
    content, values = content_of(key), json.loads(text)
    for setting, table, word in _settings(content):
        if setting.name in values:
            table[word] = values[setting.name]
    return pack_of(key, content)


def _settings(content: dict[str, Any]) -> Iterator[tuple[Setting, dict[str, Any], str]]:
    """Each setting with the table that holds it and its key there."""
    for where, word, kind, label in CHANGEABLE:
        for table, name, path in _tables(content, where):
            clause = table["clause"]
            choices = WINDOWS if kind == SOME else ()
            yield (
                Setting(f"{name}.{word}", f"{path}.{word}", label.format_map(table), kind, clause, choices),
                table,
                word,
            )


def _tables(content: dict[str, Any], where: str) -> list[tuple[dict[str, Any], str, str]]:
    """The table at a place, or those of the list there, with what they are called for good and by the loader."""
    found: Any = content
    for step in where.split("."):
        found = found[step]
    if isinstance(found, list):
        return [(table, f"{where}.{table['key']}", f"{where}#{n}") for n, table in enumerate(found, start=1)]
    return [(found, where, where)]
