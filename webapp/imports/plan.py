"""What an import would do, found out by reading alone. The same plan is shown, and carried out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Table

from webapp.domain.footprint import Place, Touch
from webapp.imports.problems import Problem
from webapp.imports.questions import Absent, Question
from webapp.imports.table import Record
from webapp.imports.undo.snapshots import WIRE, image_of, key_of, row_image
from webapp.models import Base, Group, Membership, db
from webapp.models.base import Replicated
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.tombstones import bury
from webapp.timetable.lessons import Outlook


class Change(NamedTuple):
    """A row that is new (`row` is None), or changes; with the values that do."""

    model: type[Base]
    row: Any
    values: Mapping[str, Any]


@dataclass
class Plan:
    """How many lines are new, differ from what is there, or say nothing new; and what follows for rows, in order.
    `questions` are those that nobody has decided, `absent` those of whom a file of everybody says nothing, `faults`
    what is wrong with what somebody decided, and `notes` sentences for people to read. `start` is the day from which
    it holds, None from the beginning."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)
    removed: list[Base] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    joins: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    start: date | None = None

    @property
    def is_news(self) -> bool:
        return bool(self.added or self.changed)

    def merge(self, model: type[Base], row: Any, values: Mapping[str, Any], also: bool = False) -> None:
        """Count a line that says this of a row, or of one that is not there yet; `also`: it changes other rows, too."""
        self.added += row is None
        different = self.note(model, row, values) or also
        self.changed += different and row is not None
        self.unchanged += not different

    def note(self, model: type[Base], row: Any, values: Mapping[str, Any]) -> bool:
        """Add a row or change what differs in it, without counting; whether there is anything to do."""
        news = {name: value for name, value in values.items() if row is None or getattr(row, name) != value}
        if news or row is None:
            self.changes.append(Change(model, row, news))
        return bool(news) or row is None

    def remove(self, rows: Collection[Base]) -> None:
        """Lines that are missing: their rows go, and that is a change."""
        self.removed += rows
        self.changed += len(rows)

    @property
    def undecided(self) -> list[Problem]:
        """What keeps the plan from being carried out."""
        return [*self.faults, *(asked.problem for asked in self.questions)]

    def new_groups(self) -> list[str]:
        """The names of groups that the school does not have yet."""
        return [change.values["name"] for change in self.changes if change.model is Group and change.row is None]

    def told(self) -> list[Touch]:
        """The rows that change or go, as people are told of them."""
        return list(self._told())

    def _told(self) -> Iterator[Touch]:
        for model, row, values in self.changes:
            if row is not None:
                yield _touch(model, row, {**row_image(row), **image_of(values)})
        for row in self.removed:
            yield _touch(type(row), row, None)

    def rows_of(self, model: type[Base], there: Sequence[Any]) -> list[Any]:
        """How the rows of a table would stand; copies where they would differ."""
        changed = {id(change.row): change for change in self.changes if change.model is model}
        gone = {id(row) for row in self.removed}
        after = [_copy(row, changed[id(row)]) if id(row) in changed else row for row in there if id(row) not in gone]
        new = [change for change in self.changes if change.model is model and change.row is None]
        return after + [model(**change.values) for change in new]


def _touch(model: type[Base], row: Base, after: Mapping[str, Any] | None) -> Touch:
    table, before = cast(Table, model.__table__), row_image(row)
    return Touch(Place(table.name, tuple(before[name] for name in key_of(table))), before, after)


def _copy(row: Any, change: Change) -> Any:
    names = [column.name for column in cast(Table, change.model.__table__).columns]
    return change.model(**{**{name: getattr(row, name) for name in names}, **change.values})


def carry_out(plan: Plan, revs: RevCounter) -> Sequence[Problem]:
    """Write a plan that was made within the same write; tablets hear only of real changes."""
    last: type[Base] | None = None
    for model, row, values in plan.changes:
        if model is not last:
            db.session.flush()  # rows refer to those before them
        last, written = model, model(**values) if row is None else row
        for name, value in values.items():
            setattr(written, name, value)
        if isinstance(written, Replicated):
            written.rev = revs.next()
        if row is None:
            db.session.add(written)
    for row in plan.removed:
        db.session.delete(row)
        if isinstance(row, Membership):
            bury(revs, WIRE[row.__tablename__], [str(row.id)])
    db.session.flush()
    return ()


def at_once(records: Sequence[Record]) -> list[Sequence[Record]]:
    """All lines in one portion: what they say belongs together."""
    return [records]


def nothing_follows(revs: RevCounter, reopened: Collection[date] = ()) -> None:
    """What a kind of import says from which no lessons follow."""


def no_lessons(plan: Plan) -> Outlook:  # noqa: ARG001  # whatever it is
    """What follows for lessons of a kind of import from which none do."""
    return Outlook()
