"""Telling tablets of rows that are no more."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import delete

from webapp.models import Tombstone, db, insert_rows
from webapp.sync.log.revisions import RevCounter

T = TypeVar("T")

BATCH = 5_000  # few enough for any database's limit on what one statement may name


def bury(revs: RevCounter, table: str, rows: Collection[str]) -> None:
    """Tablets drop these rows of a table, both named as on the wire; goes inside `with writing() as revs`."""
    for batch in in_batches(sorted(rows)):
        db.session.execute(delete(Tombstone).where(Tombstone.table == table, Tombstone.row.in_(batch)))
        insert_rows(Tombstone, [{"table": table, "row": name, "rev": revs.next()} for name in batch])


def in_batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values, a part at a time."""
    return (values[i : i + BATCH] for i in range(0, len(values), BATCH))
