"""The one lock under which everything is written, and letting go of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import has_app_context
from sqlalchemy import Connection, text

from webapp.models.base import db

# Any constant will do: one database holds one school.
SCHOOL_LOCK = 0x5EAC4AB1E

ONE_MS = timedelta(milliseconds=1)
WRITES = "writes"
"""Where a session notes that it holds the lock."""


@contextmanager
def alone(patience: timedelta | None = None) -> Iterator[Connection]:
    """One write to the database, alone: commits at the end, rolls back on any error.

    What was loaded before is forgotten, since another writer may have changed it. `patience`: how long to wait for
    other writers, where that is less than usual.
    """
    db.session.rollback()
    connection = db.session.connection(execution_options={"writes": True, "patience": patience})
    db.session.info[WRITES] = True
    if connection.dialect.name == "postgresql":
        if patience:
            connection.execute(text(f"SET LOCAL lock_timeout = {patience // ONE_MS}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SCHOOL_LOCK})
    try:
        yield connection
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        db.session.info.pop(WRITES, None)


def let_go() -> None:
    """Give the connection back, before something slow: nobody waits for a reader that works out a hash.

    What was loaded is read anew when it is asked for again. Inside `alone()` it is a mistake of the program.
    """
    if not has_app_context():
        return  # a program that has no database
    if db.session.info.get(WRITES):
        raise RuntimeError("something slow was begun while everybody else waits to write")
    db.session.rollback()
