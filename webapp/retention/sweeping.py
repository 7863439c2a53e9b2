"""What was deleted leaves the database's files, too, where it would lie in unused parts until something is written
over it. That it is gone is said only once somebody has looked: whoever reads keeps the pages that they began with."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from webapp.models import Base, RetentionRun, db
from webapp.models.lock import alone

PATIENCE = 1_000
"""Milliseconds for which those who still read the old pages are waited for: nobody can write meanwhile."""

OLDER = text(
    "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    " AND greatest(age(backend_xmin), age(backend_xid)) >= age(CAST(CAST(:mark AS text) AS xid))"
)
"""Sessions on PostgreSQL that began before a transaction: for them it keeps what was deleted."""


def sweep() -> bool:
    """Write the database's files anew; whether nothing of what was deleted is left in them.

    Nobody else can write for those seconds, and the disk needs as much room again. False where that failed, or where
    somebody still reads what was there before. The reports note it, so that it is done with the next sweep.
    """
    try:
        left = _not_swept()
        db.session.rollback()  # whoever has read stands in the way
        is_gone = _sweep_sqlite() if db.engine.dialect.name == "sqlite" else _sweep_postgresql()
        if is_gone:
            with alone():
                # Whoever deleted in the meantime sweeps for themselves.
                db.session.execute(update(RetentionRun).where(RetentionRun.id.in_(left)).values(swept=True))
    except (DatabaseError, sqlite3.Error, OSError):
        db.session.rollback()
        return False
    return is_gone


def finish() -> bool:
    """Sweep if something that was deleted may still be in the files; whether nothing is."""
    try:
        return not _not_swept() or sweep()
    except DatabaseError:  # a server starts, and a page opens, all the same
        db.session.rollback()
        return False


def _not_swept() -> list[int]:
    """The reports of which remains may lie in the files."""
    return list(db.session.scalars(select(RetentionRun.id).where(RetentionRun.swept.is_(False))))


def _sweep_sqlite() -> bool:
    with closing(db.engine.raw_connection()) as connection:
        cursor = cast(sqlite3.Connection, connection.driver_connection).cursor()
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            # As long as somebody reads old pages, writing all of them anew would be in vain.
            return _is_emptied(cursor) and _is_written_anew(cursor)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={patience}")


def _is_written_anew(cursor: sqlite3.Cursor) -> bool:
    cursor.execute("VACUUM")
    return _is_emptied(cursor) and not _remains(Path(str(db.engine.url.database)))


def _is_emptied(cursor: sqlite3.Cursor) -> bool:
    """Bring all into the database's own file, and leave nothing in the journal. SQLite says whether a reader was in
    the way, and raises nothing."""
    busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _remains(database: Path) -> bool:
    """Whether a journal still holds pages beside the database's file. What others wrote since makes it busy, not
    unclean, and then the next sweep says so."""
    files = (database.with_name(database.name + ending) for ending in ("-wal", "-journal"))
    return any(file.exists() and file.stat().st_size for file in files)


def _sweep_postgresql() -> bool:
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mark = connection.exec_driver_sql("SELECT pg_current_xact_id()::xid::text").scalar()
        if connection.execute(OLDER, {"mark": mark}).scalar():
            return False
        connection.exec_driver_sql(f"SET lock_timeout = {PATIENCE * 5}")
        try:
            connection.exec_driver_sql(f"VACUUM FULL {tables}")
        finally:  # the next request that gets this connection waits as long as ever
            connection.exec_driver_sql("RESET lock_timeout")
    return True
