"""A disk that is full, and a database that can only be read or is being written to, as SQLite tells of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

FULL = ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823")  # never less than there is
READ_ONLY = ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")

IMPATIENT = ("PRAGMA busy_timeout = 0", "PRAGMA busy_timeout = 20000")  # as if somebody else wrote for 20 seconds


@contextmanager
def storage(engine: Engine, state: tuple[str, str]) -> Iterator[None]:
    """While this lasts, every connection is in that state."""
    begin, end = state

    def spoil(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute(begin)

    def mend(connection: Any, _record: Any) -> None:
        if connection is not None:
            connection.execute(end)

    event.listen(engine, "checkout", spoil)
    event.listen(engine, "checkin", mend)
    try:
        yield
    finally:
        event.remove(engine, "checkout", spoil)
        event.remove(engine, "checkin", mend)
