"""What can be wrong between the lines of one file."""

from collections.abc import Iterable, Iterator, Sequence

from webapp.imports.problems import Problem
from webapp.imports.table import Record


def repeated(records: Iterable[Record], keys: Sequence[str], column: str, what: str) -> Iterator[Problem]:
    """Lines that name the same thing as an earlier line."""
    first: dict[tuple[object, ...], int] = {}
    for record in records:
        line = first.setdefault(tuple(record.values.get(key) for key in keys), record.line)
        if line != record.line:
            yield record.problem(column, f"each {what} once; line {line} has it already")


def overlapping(records: Iterable[Record], ends_included: bool) -> Iterator[tuple[Record, Record]]:
    """Lines that start before an earlier one has ended, each with that one."""
    latest: Record | None = None
    for record in sorted(records, key=lambda record: (record["start"], record.line)):
        if latest and (record["start"] < latest["end"] or (ends_included and record["start"] == latest["end"])):
            yield record, latest
        if latest is None or record["end"] > latest["end"]:
            latest = record
