"""Files from the school's other systems: looked at without writing, brought in whole or not at all, and taken back.

A kind of import is a module with its `KEY`, its `COLUMNS`, how many lines a school can have of it (`MOST`), whether it
holds from a day on (`IS_DATED`), and functions:

- `check`: what is wrong with the lines, seen together and beside the school's data;
- `plan`: what they would do, and `lessons`: what would follow for lessons; both only read;
- `portions`: the lines in the portions that are written together;
- `write` carries a plan out, and `follow` does what follows from a change;
- `look`: how the rows stand that it may touch, before and after.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any, Protocol

from sqlalchemy import select

from webapp.domain.footprint import Place, Snapshot, Touch, compare
from webapp.imports.files.limits import MOST_PROBLEMS
from webapp.imports.files.rows import Layout
from webapp.imports.kinds import (
    attendance,
    calendar,
    classes,
    contacts,
    periods,
    scores,
    staff,
    students,
    timetable,
)
from webapp.imports.outcome import NONE, Outcome
from webapp.imports.plan import Plan
from webapp.imports.problems import Problem
from webapp.imports.questions import Answers
from webapp.imports.table import Column, Record, Table, Track, untracked
from webapp.imports.taking import FOUND, read_table
from webapp.imports.undo.runs import go_on, remember
from webapp.imports.undo.snapshots import row_image
from webapp.models import Cover, Staff, db
from webapp.sync.log.revisions import RevCounter, give_way, writing
from webapp.timetable.lessons import Outlook

__all__ = [
    "BRINGING",
    "KINDS",
    "Kind",
    "Layout",
    "Outcome",
    "Problem",
    "Source",
    "Table",
    "Track",
    "bring_in",
    "import_content",
    "read_content",
    "rehearse",
]
BRINGING = "Bringing it in"


class Kind(Protocol):
    KEY: str
    MOST: int
    IS_DATED: bool
    COLUMNS: tuple[Column, ...]

    def check(self, records: Sequence[Record], answers: Answers = ...) -> Iterable[Problem]: ...

    def plan(self, records: Sequence[Record], track: Track, answers: Answers = ...) -> Plan: ...

    def lessons(self, plan: Any) -> Outlook: ...

    def portions(self, records: Sequence[Record]) -> Sequence[Sequence[Record]]: ...

    def look(self, records: Sequence[Record]) -> Snapshot: ...

    def write(self, plan: Any, revs: RevCounter) -> Sequence[Problem]: ...

    def follow(self, revs: RevCounter, reopened: Collection[date] = ()) -> None: ...


_ALL: tuple[Kind, ...] = (
    calendar,
    periods,
    staff,
    students,
    classes,
    timetable,
    scores,
    contacts,
    attendance,
)
KINDS: dict[str, Kind] = {kind.KEY: kind for kind in _ALL}


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines come from: the file's name, who brings it ("" for the command line), the headings they picked for our
    columns, what they decided of what the file leaves open, and what they said of where things stand in it."""

    file: str = ""
    by: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    layout: Layout = FOUND


def read_content(kind: Kind, content: bytes, source: Source, track: Track = untracked) -> Table:
    """The bytes of a file as a table of this kind. Takes a while for a long one, and asks no database."""
    return read_table(content, kind.COLUMNS, track, source.chosen, kind.MOST, source.layout)


def import_content(
    kind: Kind, content: bytes, dry_run: bool = False, track: Track = untracked, source: Source | None = None
) -> Outcome:
    """Bring in the bytes of one file, unless something is wrong with it or it is only a rehearsal."""
    source = source or Source()
    table = read_content(kind, content, source, track)
    outcome = rehearse(kind, table, source, track) if dry_run else bring_in(kind, table, source, track)
    outcome.notes = [*table.notes, *outcome.notes]
    return outcome


def rehearse(kind: Kind, table: Table, source: Source, track: Track = untracked) -> Outcome:
    """What would happen if a file was brought in, or what is wrong with it. Only reads, so that nobody waits for it."""
    problems = _problems(kind, table.records, source, table.problems)
    if problems:
        return Outcome(problems=problems)
    plan = kind.plan(table.records, track, source.answers)
    lessons = kind.lessons(plan) if plan.is_news else NONE
    touches = [*plan.told(), *_covers(lessons.uncovered)]
    return Outcome(
        plan.added,
        plan.changed,
        plan.unchanged,
        touches=touches,
        lessons=lessons,
        groups=plan.new_groups(),
        questions=plan.questions,
        absent=plan.absent,
        notes=plan.notes,
        start=plan.start,
    )


def _covers(over: Collection[tuple[int, str]]) -> Iterable[Touch]:
    """The cover, by lesson and who is absent, that goes."""
    for cover in db.session.scalars(select(Cover)) if over else ():
        key = (cover.lesson_id, cover.absent_id)
        if key in over:
            yield Touch(Place(Cover.__tablename__, key), row_image(cover), None)


def bring_in(kind: Kind, table: Table, source: Source, track: Track = untracked) -> Outcome:
    """Bring in the lines of a file that has been read.

    Most kinds are written in one go. Of many marks some thousands are, then others get their turn. Should it stop
    between two portions, the run holds what was brought in, to be taken back as a whole; and bringing the same file
    again goes on, since what is there already says nothing new.
    """
    problems = _problems(kind, table.records, source, table.problems)
    if problems:
        return Outcome(problems=problems)
    outcome = Outcome()
    portions = kind.portions(table.records)
    for number, records in enumerate(track(portions, BRINGING), start=1):
        outcome.problems = _portion(kind, records, source, outcome)
        if outcome.problems:
            break
        give_way(number < len(portions))
    return outcome


def _portion(kind: Kind, records: Sequence[Record], source: Source, outcome: Outcome) -> Sequence[Problem]:
    """Write lines that belong together, or tell what the school has against them by now."""
    with suppress(_TakenBack), writing() as revs:
        problems = _problems(kind, records, source)
        plan = Plan() if problems else kind.plan(records, untracked, source.answers)
        problems = problems or plan.undecided
        if plan.is_news and not problems:
            before = kind.look(records)
            problems = kind.write(plan, revs)
            kind.follow(revs)
            touches = compare(before, kind.look(records))
        if problems:
            raise _TakenBack
        if plan.is_news:
            part = Outcome(plan.added, plan.changed, plan.unchanged, touches=touches)
            outcome.run = go_on(outcome.run, part) if outcome.run else remember(kind.KEY, source.file, source.by, part)
            outcome.touches = [*outcome.touches, *touches]
        outcome.added += plan.added
        outcome.changed += plan.changed
        outcome.unchanged += plan.unchanged
        outcome.groups, outcome.absent = plan.new_groups(), plan.absent
        outcome.notes = [*outcome.notes, *plan.notes]
    return problems


def _problems(
    kind: Kind, records: Sequence[Record], source: Source, found: Iterable[Problem] = ()
) -> Sequence[Problem]:
    """What is wrong, line by line; of very much the first."""
    more = islice(_against(kind, records, source), MOST_PROBLEMS)
    return sorted([*found, *more], key=attrgetter("line"))


def _against(kind: Kind, records: Sequence[Record], source: Source) -> Iterable[Problem]:
    yield from kind.check(records, source.answers)
    # What a file says that whoever brings it may not say.
    person = db.session.get(Staff, source.by) if source.by else None
    if person and kind.KEY == staff.KEY:
        yield from staff.beyond(records, person)


class _TakenBack(Exception):  # noqa: N818  # not an error: so a write ends that comes to nothing
    """Nothing of this write is to stay."""
