"""What was deleted leaves the database's files, too, where it would lie in unused parts until something is written
over it."""

import sqlite3
from contextlib import closing

from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from webapp.models import Base, RetentionRun, db
from webapp.models.lock import alone


def sweep() -> bool:
    """Write the database's files anew; whether that was possible. Nobody else can write for those seconds, and the disk
    needs as much room again. The reports note it, so that what failed is done with the next sweep."""
    db.session.rollback()
    try:
        _write_anew()
    except (DatabaseError, sqlite3.Error):
        return False
    with alone():
        db.session.execute(update(RetentionRun).values(swept=True))
    return True


def _write_anew() -> None:
    if db.engine.dialect.name == "sqlite":
        with closing(db.engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM")
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM FULL {tables}")
