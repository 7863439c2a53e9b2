"""Long lists in pages. Each list that can grow without end is read in an order the database has an index for, so that
its first page costs the same however long it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from sqlalchemy import Select

from webapp.models import db
from webapp.sync.operations.ids import number

A_PAGE = 50
LAST = 100_000  # a page beyond it is none that anybody is led to


@dataclass(frozen=True, slots=True)
class Page:
    """A page's rows, its number from 1 on, and the numbers of those before and after it, if there are any."""

    rows: Sequence[Any]
    number: int
    before: int | None
    after: int | None

    def told(self, tell: Callable[[Any], Any]) -> Self:
        """The page with its rows in words."""
        return replace(self, rows=[tell(row) for row in self.rows])


def number_of(args: Mapping[str, str], name: str = "page") -> int:
    """The page asked for; the first if it is none."""
    asked = number(args.get(name)) or 1
    return asked if asked <= LAST else 1


def page_of(query: Select[Any], asked: int, size: int = A_PAGE) -> Page:
    """One page of what a query of single things finds, in its order; the first one for a page past the end."""
    found = list(db.session.scalars(query.offset((asked - 1) * size).limit(size + 1)))
    if asked > 1 and not found:
        return page_of(query, 1, size)
    return _page(found, asked, size)


def page_in(rows: Sequence[Any], asked: int, size: int = A_PAGE) -> Page:
    """One page of what was read already; the first one for a page past the end."""
    first = (asked - 1) * size
    return _page(rows[first : first + size + 1], asked, size) if first < len(rows) else _page(rows[: size + 1], 1, size)


def _page(found: Sequence[Any], number: int, size: int) -> Page:
    """`found` has one more than the page if there is another."""
    return Page(found[:size], number, number - 1 if number > 1 else None, number + 1 if len(found) > size else None)
