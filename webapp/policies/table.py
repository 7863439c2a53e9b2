"""Reads one table of a pack key by key and gathers everything that is wrong with it."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T")

_DECIMAL: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})?")


class Fault(NamedTuple):
    """What is wrong at a `path` of the file, "" for the file itself: what was `wanted` there, and what was `found`."""

    path: str
    wanted: str
    found: str = ""

    @property
    def words(self) -> str:
        return f"expected {self.wanted}, found {self.found}" if self.found else f"expected {self.wanted}"

    def __str__(self) -> str:
        return f"{self.path}: {self.words}" if self.path else self.words


class Table:
    """A table at `path` inside the file, whose faults are appended to `faults`.

    A reader whose value is missing or wrong notes the fault and returns a stand-in, so that one look at a
    file finds all its faults. Paths count from one: `marks#1.name` is the name in the first `[[marks]]`.
    """

    def __init__(self, values: Mapping[str, object], path: str, faults: list[Fault]) -> None:
        self._values = values
        self._path = path
        self._faults = faults
        self._known: set[str] = set()
        self._inner: list[Table] = []

    def text(self, key: str) -> str:
        """A text that is not blank."""
        value = self._take(key)
        if isinstance(value, str) and value.strip():
            return value
        return self.expected(key, "a text that is not empty", "")

    def texts(self, key: str) -> tuple[str, ...]:
        """At least one text, none of them blank."""
        value = self._take(key)
        if isinstance(value, list) and value and all(isinstance(text, str) and text.strip() for text in value):
            return tuple(value)
        return self.expected(key, "a list of texts that are not empty", ())

    def some_of(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """At least one of the words allowed."""
        value = self._take(key)
        if isinstance(value, list) and value and all(word in allowed for word in value):
            return tuple(value)
        return self.expected(key, f"a list of some of {', '.join(allowed)}", ())

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """One of the words allowed."""
        word = self.text(key)
        return word if word in allowed or not word else self.expected(key, f"one of {', '.join(allowed)}", allowed[0])

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        """Any number of texts, none of them blank."""
        return () if self._values.get(key) == [] and self._take(key) == [] else self.texts(key)

    def whole(self, key: str, lowest: int, highest: int) -> int:
        """A whole number from lowest to highest."""
        value = self._take(key)
        if type(value) is int and lowest <= value <= highest:
            return value
        return self.expected(key, f"a whole number from {lowest} to {highest}", lowest)

    def wholes(self, key: str, lowest: int, highest: int) -> tuple[int, ...]:
        """At least one whole number, each from lowest to highest."""
        value = self._take(key)
        if isinstance(value, list) and value and all(type(n) is int and lowest <= n <= highest for n in value):
            return tuple(value)
        return self.expected(key, f"a list of whole numbers from {lowest} to {highest}", ())

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._take(key)
        return value if isinstance(value, bool) else self.expected(key, "true or false", False)

    def decimal(self, key: str, highest: Fraction) -> Fraction:
        """An exact decimal from 0 to highest, written as text because a TOML number would be a float (D2)."""
        value = self._take(key)
        if isinstance(value, str) and _DECIMAL.fullmatch(value) and Fraction(value) <= highest:
            return Fraction(value)
        return self.expected(key, f'a decimal written like "4.0", not above {highest}', highest)

    def exactly(self, key: str, wanted: T) -> T:
        """The one value that can stand here."""
        value = self._take(key)
        if type(value) is type(wanted) and value == wanted:
            return wanted
        return self.expected(key, repr(wanted), wanted)

    def day(self, key: str) -> date:
        """A date without a time."""
        value = self._take(key)
        if type(value) is date:
            return value
        return self.expected(key, "a date without quotes, such as 2024-09-01", date.min)

    def table(self, key: str) -> "Table":
        """A table under this one."""
        value = self._take(key)
        if not isinstance(value, dict):
            value = self.expected(key, f"a table [{self.path_of(key)}]", {})
        return self._under(value, self.path_of(key))

    def tables(self, key: str) -> "list[Table]":
        """At least one table in a list under this one."""
        value = self._take(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            value = self.expected(key, f"one or more tables [[{self.path_of(key)}]]", [])
        return [self._under(item, f"{self.path_of(key)}#{n}") for n, item in enumerate(value, start=1)]

    def expected(self, key: str, what: str, stand_in: T) -> T:
        """Notes that `key` should hold `what`, and returns the stand-in."""
        self.fault(key, what, repr(self._values[key]) if key in self._values else "nothing")
        return stand_in

    def fault(self, key: str, what: str, found: str) -> None:
        """Notes that `key` should hold `what` and holds something else, unless the key was faulted before."""
        path = self.path_of(key)
        if not any(fault.path == path for fault in self._faults):
            self._faults.append(Fault(path, what, found))

    def close(self) -> None:
        """Notes every key that no reader asked for, here and in the tables below."""
        for key in sorted(self._values.keys() - self._known):
            self._faults.append(Fault(self.path_of(key), "no such key"))
        for table in self._inner:
            table.close()

    def path_of(self, key: str) -> str:
        """Where a key stands in the file."""
        return f"{self._path}.{key}" if self._path else key

    def _take(self, key: str) -> object:
        self._known.add(key)
        return self._values.get(key)

    def _under(self, values: Mapping[str, object], path: str) -> "Table":
        table = Table(values, path, self._faults)
        self._inner.append(table)
        return table


def all_different(tables: Sequence[Table], taken: Sequence[str], keys: Sequence[str]) -> None:
    """Notes every table whose key is in use already."""
    for n, (table, key) in enumerate(zip(tables, keys, strict=True)):
        if key and key in (*taken, *keys[:n]):
            table.expected("key", "a key that is not yet in use", None)
