"""Files from the school's other systems, brought in whole or not at all.

A kind of import is a module with `COLUMNS`, `check` (what is wrong with the lines, seen together and beside the
school's data) and `write`.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from operator import attrgetter
from typing import Protocol

from webapp.imports import calendar, periods, scores, staff, students, timetable
from webapp.imports.outcome import Outcome
from webapp.imports.problems import Problem
from webapp.imports.table import Column, Record, Track, read_table, untracked
from webapp.sync.sequence import Sequence as Numbers
from webapp.sync.sequence import writing

__all__ = ["KINDS", "Kind", "Outcome", "Problem", "Track", "import_content"]


class Kind(Protocol):
    COLUMNS: tuple[Column, ...]

    def check(self, records: Sequence[Record]) -> Iterable[Problem]: ...

    def write(self, records: Sequence[Record], numbers: Numbers, track: Track) -> Outcome: ...


KINDS: dict[str, Kind] = {
    "calendar": calendar,
    "periods": periods,
    "staff": staff,
    "students": students,
    "timetable": timetable,
    "scores": scores,
}


def import_content(kind: Kind, content: bytes, dry_run: bool = False, track: Track = untracked) -> Outcome:
    """Bring in the bytes of one file, unless something is wrong with it or it is only a rehearsal."""
    table = read_table(content, kind.COLUMNS, track)
    with suppress(_TakenBack), writing() as numbers:
        problems = sorted([*table.problems, *kind.check(table.records)], key=attrgetter("line"))
        outcome = Outcome(problems=problems) if problems else kind.write(table.records, numbers, track)
        if outcome.problems or dry_run:
            raise _TakenBack
    return outcome


class _TakenBack(Exception):  # noqa: N818  # not an error: so a rehearsal ends
    """Nothing of this write is to stay."""
