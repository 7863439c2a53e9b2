"""The database: types every table shares, and how SQLite is opened."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    ExceptionContext,
    Integer,
    MetaData,
    String,
    Table,
    event,
    insert,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

THREADS = 64
"""How many requests one process answers at once. Each tablet that listens holds one, and no connection."""

ENGINE = {
    # As many connections as threads, and some for a thread that needs two: nobody waits for one.
    "pool_size": THREADS + 8,
    "max_overflow": 0,
    "pool_timeout": 5,  # seconds; then it is said in words (storage.py)
}

# SQLite numbers rows by itself only in a column of exactly INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")

# The number of a removed row must not be given to another, since tablets may still send entries about the old one.
NEVER_AGAIN = {"sqlite_autoincrement": True}

RAISED = "P0001"
"""What PostgreSQL calls an error that one of our triggers raised."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware UTC in Python. SQLite has no times of its own and holds ISO 8601 text, which sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return _as_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


@lru_cache
def _as_text(moment: datetime) -> str:
    """A batch repeats few moments very often."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def insert_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns, handing them to the driver at once.

    SQLAlchemy's own way looks at every value of every row again, which took a fifth of the time of a push.
    """
    if not rows:
        return
    connection = db.session.connection()
    statement, columns = _insertion(cast(Table, model.__table__), tuple(rows[0]), connection.dialect)
    if connection.dialect.paramstyle == "qmark":
        values: Any = [tuple([to(row[name]) if to else row[name] for name, to in columns]) for row in rows]
    else:
        values = [{name: to(row[name]) if to else row[name] for name, to in columns} for row in rows]
    connection.exec_driver_sql(statement, values)


@lru_cache
def _insertion(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, list[tuple[str, Any]]]:
    """The statement, and its columns in order with what turns a value into the driver's, if anything does."""
    statement = str(insert(table).compile(dialect=dialect, column_keys=list(names)))
    columns = [column for column in table.columns if column.name in names]
    return statement, [(column.name, column.type.bind_processor(dialect)) for column in columns]


class Replicated:
    """A row that tablets hold. `rev` is the school's sequence number of its last change."""

    rev: Mapped[int] = mapped_column(BigInteger, index=True)


@event.listens_for(Engine, "handle_error")
def _name_nobody(context: ExceptionContext) -> None:
    """PostgreSQL quotes what a row held when it refuses it. What is left for the server's log is what it refused by;
    what a trigger says are our own words."""
    error = context.original_exception
    said = getattr(error, "diag", None)
    if said is None or not said.sqlstate:
        return
    ours = said.message_primary if said.sqlstate == RAISED else None
    words = " ".join(filter(None, (said.sqlstate, ours, said.table_name, said.column_name, said.constraint_name)))
    error.args = (words,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(error).__name__}) {words}",)


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        options = connection.get_execution_options()
        with _hurried(connection, options.get("patience")):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


@contextmanager
def _hurried(connection: Connection, patience: timedelta | None) -> Iterator[None]:
    """It is only to begin a write that one waits for others."""
    if patience is None:
        yield
        return
    before = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience // timedelta(milliseconds=1)}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={before}")
