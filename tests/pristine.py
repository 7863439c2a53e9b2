"""How a PostgreSQL database was at first, so that it can be so again: emptying it takes a fiftieth of copying it."""

import psycopg
from psycopg.sql import SQL, Identifier, Literal

OTHERS = """SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND pid != pg_backend_pid() AND backend_type = 'client backend'"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
COUNTERS = "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL FROM pg_sequences"
SHAPE = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM pg_{part})" for part in ("class", "attribute", "attrdef", "constraint", "trigger", "proc")
)


class Pristine:
    """The rows and counters of a database, and of how many parts its tables consist."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._shape = connection.execute(SHAPE).fetchone()
        tables = [name for (name,) in connection.execute(TABLES)]
        self._rows = {name: rows for name in tables if (rows := _read(connection, name))}
        emptied = [SQL("DELETE FROM {}").format(Identifier(name)) for name in tables]
        counted = [
            SQL("SELECT setval({}, {}, {})").format(Literal(name), Literal(value), Literal(is_used))
            for name, value, is_used in connection.execute(COUNTERS)
        ]
        # As a replica it follows no foreign key and fires no trigger.
        self._beginning = SQL(";").join([SQL("SET session_replication_role = replica"), *emptied, *counted])

    def restore(self, connection: psycopg.Connection) -> bool:
        """Whether it could be done: tables that were changed stay so, and so does what somebody still listens to."""
        if connection.execute(OTHERS).fetchone() or connection.execute(SHAPE).fetchone() != self._shape:
            return False
        connection.execute(self._beginning)
        for name, rows in self._rows.items():
            with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as copy:
                copy.write(rows)
        return True


def _read(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
        return b"".join(copy)
