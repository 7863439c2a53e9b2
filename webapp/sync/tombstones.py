"""Telling tablets of rows that are no more."""

from collections.abc import Collection

from sqlalchemy import delete

from webapp.models import Tombstone, db, insert_rows
from webapp.sync.sequence import Sequence as Numbers

BATCH = 5_000  # few enough for any database's limit on what one statement may name


def bury(numbers: Numbers, table: str, rows: Collection[str]) -> None:
    """Tablets drop these rows of a table, both named as on the wire; goes inside `with writing() as numbers`."""
    names = sorted(rows)
    for batch in (names[i : i + BATCH] for i in range(0, len(names), BATCH)):
        db.session.execute(delete(Tombstone).where(Tombstone.table == table, Tombstone.row.in_(batch)))
        insert_rows(Tombstone, [{"table": table, "row": name, "rev": numbers.next()} for name in batch])
