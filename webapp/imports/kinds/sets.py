"""Sets in a file of students: a line for each class of a student, or columns for them."""

from collections.abc import Iterator, Mapping, Sequence

from webapp.imports.problems import Problem
from webapp.imports.table import Record

MOST_SETS = 12
SETS = ("class", *(f"class_{number}" for number in range(2, MOST_SETS + 1)))
"""The columns that name classes."""


def has_sets(records: Sequence[Record]) -> bool:
    """Whether a file has such columns, so that several lines may be of one student."""
    return any(key in record.values for record in records[:1] for key in SETS)


def one_each(records: Sequence[Record]) -> list[Record]:
    """The first line of each student."""
    first: dict[str, Record] = {}
    for record in records:
        first.setdefault(record["upn"], record)
    return list(first.values())


def sets_of(records: Sequence[Record]) -> Mapping[str, list[str]]:
    """The classes that each student is in by all of their lines, once each whatever their case, by UPN."""
    found: dict[str, dict[str, str]] = {}
    for record in records:
        own = found.setdefault(record["upn"], {})
        for key in SETS:
            if name := record.values.get(key):
                own.setdefault(name.casefold(), name)
    return {upn: list(own.values()) for upn, own in found.items()}


def contrary(records: Sequence[Record]) -> Iterator[Problem]:
    """Lines that say something else of a student than an earlier one."""
    first: dict[str, Record] = {}
    for record in records:
        earlier = first.setdefault(record["upn"], record)
        for key, value in record.values.items():
            if key not in SETS and earlier.values.get(key) != value:
                yield record.problem(key, f"what line {earlier.line} says of this student")
