"""What a replicated table is, and how its rows are read for a tablet."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select

from webapp.models import db
from webapp.policies import Pack
from webapp.sync.tables.window import Window

WireRow = dict[str, Any]
"""A row on its way: {table, id, rev, data}; `data` is None of one that is gone."""

Source = Callable[[int, int, Window, Pack], Iterator[WireRow]]
"""The rows of one table changed since a number, at most so many of them."""


class Span(Enum):
    """Which rows of a table tablets hold: all, those of the days or weeks of the window, or those that are true from a
    `first` to a `last` day of which one is in the window."""

    WHOLE = auto()
    DAYS = auto()
    WEEKS = auto()
    STRETCHES = auto()


@dataclass(frozen=True)
class Table:
    """`name` and the columns of `key`, joined by a point, name a row on the wire; without a key there is one row,
    called like the table. `row` makes the JSON that tablets hold, or None of what is gone; `look_up` answers its third
    argument for many rows at once. `kept` is the rule of retention by which rows go with a student.

    `query` reads them where not whole rows are needed, and `day` is the column their day is in. Of those whose column
    `ends` is empty tablets hold all days. `fresh` says what a tablet that begins from nothing needs. What is `public`
    tablets that stand where students pass hold, too."""

    name: str
    model: Any
    row: Callable[..., Any]
    key: tuple[str, ...] = ("id",)
    span: Span = Span.WHOLE
    kept: str = ""
    query: Callable[[], Any] | None = None
    day: Any = None
    ends: str = ""
    fresh: Callable[[], Any] | None = None
    look_up: Callable[[Sequence[Any]], Any] | None = None
    public: bool = False

    @cached_property
    def id_of(self) -> Callable[[Any], str]:
        if not self.key:
            return lambda _row: self.name
        return lambda row: ".".join(str(getattr(row, name)) for name in self.key)

    def wire(self, found: Sequence[Any], pack: Pack) -> Callable[[Any], Any]:
        """What makes these rows into what tablets hold."""
        more = (self.look_up(found),) if self.look_up else ()
        return lambda row: self.row(row, pack, *more)

    def source(self, since: int, limit: int, window: Window, pack: Pack) -> Iterator[WireRow]:
        """A `Source`: the rows changed since a number, in the order of `rev`."""
        found = self._changed(since, limit, window)
        wire = self.wire(found, pack)
        for row in found:
            # From 0 only rows inside the window were found.
            data = wire(row) if since == 0 or self._is_held(row, window) else None
            yield {"table": self.name, "id": data["id"] if data else self.id_of(row), "rev": row.rev, "data": data}

    def _changed(self, since: int, limit: int, window: Window) -> Sequence[Any]:
        """From 0 the window alone narrows the search: asked for the order of `rev` too, a database would walk all of
        history to find the few rows inside it. Later the order of `rev` is the short way."""
        query: Any = select(self.model)
        if self.query:
            query = self.query()
        if since == 0:
            query = query.where(*self._at_first(window))
        if since or self.span is Span.WHOLE:
            return self._read(query.where(self.model.rev > since).order_by(self.model.rev).limit(limit))
        return heapq.nsmallest(limit, self._read(query), key=lambda row: row.rev)

    def _read(self, query: Any) -> Sequence[Any]:
        found: Iterable[Any] = db.session.execute(query) if self.query else db.session.scalars(query)
        return list(found)

    def _at_first(self, window: Window) -> Iterator[Any]:
        """What is true of the rows that a tablet gets that begins from nothing."""
        if self.fresh:
            yield self.fresh()
        if self.span is Span.WEEKS:
            yield self.model.week.between(*window.weeks())
        if self.span is Span.STRETCHES:
            yield or_(self.model.first.is_(None), self.model.first <= window.last)
            yield or_(self.model.last.is_(None), self.model.last >= window.first)
        if self.span is Span.DAYS:
            inside = (self.model.day if self.day is None else self.day).between(*window)
            yield or_(inside, getattr(self.model, self.ends).is_(None)) if self.ends else inside

    def _is_held(self, row: Any, window: Window) -> bool:
        if self.span is Span.WEEKS:
            return window.holds_week(row.week)
        if self.span is Span.DAYS:
            return window.holds_day(row.day) or bool(self.ends and getattr(row, self.ends) is None)
        if self.span is Span.STRETCHES:
            return window.meets(row.first, row.last)
        return True
