"""The one lock under which everything is written."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from webapp.models.base import db

# Any constant will do: one database holds one school.
SCHOOL_LOCK = 0x5EAC4AB1E


@contextmanager
def alone() -> Iterator[Connection]:
    """One write to the database, alone: commits at the end, rolls back on any error.

    What was loaded before is forgotten, since another writer may have changed it.
    """
    db.session.rollback()
    connection = db.session.connection(execution_options={"writes": True})
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SCHOOL_LOCK})
    try:
        yield connection
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
