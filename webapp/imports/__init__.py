"""Files from the school's other systems, brought in whole or not at all, and taken back as a whole.

A kind of import is a module with its `KEY`, `COLUMNS`, `check` (what is wrong with the lines, seen together and beside
the school's data), `look` (how the rows stand that it may touch), `write`, and `follow` (what follows from a change).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Protocol

from webapp.domain.footprint import Snapshot, compare
from webapp.imports import calendar, periods, scores, staff, students, timetable
from webapp.imports.outcome import Outcome
from webapp.imports.problems import Problem
from webapp.imports.runs import remember
from webapp.imports.table import Column, Record, Table, Track, read_table, untracked
from webapp.models import Staff, db
from webapp.sync.sequence import Sequence as Numbers
from webapp.sync.sequence import writing

__all__ = [
    "KINDS",
    "Kind",
    "Outcome",
    "Problem",
    "Source",
    "Table",
    "Track",
    "bring_in",
    "import_content",
    "read_table",
]


class Kind(Protocol):
    KEY: str
    COLUMNS: tuple[Column, ...]

    def check(self, records: Sequence[Record]) -> Iterable[Problem]: ...

    def look(self, records: Sequence[Record]) -> Snapshot: ...

    def write(self, records: Sequence[Record], numbers: Numbers, track: Track) -> Outcome: ...

    def follow(self, numbers: Numbers, reopened: Collection[date] = ()) -> None: ...


_ALL: tuple[Kind, ...] = (calendar, periods, staff, students, timetable, scores)
KINDS: dict[str, Kind] = {kind.KEY: kind for kind in _ALL}


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines come from: the file's name, who brings it ("" for the command line), and the headings they picked
    for our columns."""

    file: str = ""
    by: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)


def import_content(
    kind: Kind, content: bytes, dry_run: bool = False, track: Track = untracked, source: Source | None = None
) -> Outcome:
    """Bring in the bytes of one file, unless something is wrong with it or it is only a rehearsal."""
    source = source or Source()
    return bring_in(kind, read_table(content, kind.COLUMNS, track, source.chosen), source, dry_run, track)


def bring_in(kind: Kind, table: Table, source: Source, dry_run: bool = False, track: Track = untracked) -> Outcome:
    """Bring in the lines of a file that has been read; a rehearsal tells what would happen and keeps nothing."""
    with suppress(_TakenBack), writing() as numbers:
        found = [*table.problems, *kind.check(table.records), *_beyond(kind, table.records, source.by)]
        problems = sorted(found, key=attrgetter("line"))
        outcome = Outcome(problems=problems) if problems else _write(kind, table, numbers, track)
        if outcome.problems or dry_run:
            raise _TakenBack
        if outcome.touches:
            outcome.run = remember(kind.KEY, source.file, source.by, outcome)
    return outcome


def _beyond(kind: Kind, records: Sequence[Record], by: str) -> Iterable[Problem]:
    """What a file says that whoever brings it may not say."""
    person = db.session.get(Staff, by) if by else None
    return staff.beyond(records, person) if person and kind.KEY == staff.KEY else ()


def _write(kind: Kind, table: Table, numbers: Numbers, track: Track) -> Outcome:
    before = kind.look(table.records)
    outcome = kind.write(table.records, numbers, track)
    if outcome.added or outcome.changed:
        kind.follow(numbers)
    outcome.touches = compare(before, kind.look(table.records))
    return outcome


class _TakenBack(Exception):  # noqa: N818  # not an error: so a rehearsal ends
    """Nothing of this write is to stay."""
