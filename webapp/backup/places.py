"""Where a database stands, and how another takes its place: a file on SQLite, a schema on PostgreSQL."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import DatabaseError
from sqlite3 import connect as open_sqlite
from time import sleep
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, text
from sqlalchemy.schema import CreateSchema, DropSchema

from webapp.backup.archive import Unreadable

OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"  # PostgreSQL's own cleaning stands in nobody's way
)
ASKED, PAUSE = 20, 0.1  # times, and seconds between
SIDE_FILES = ("", "-wal", "-shm")


class Place(Protocol):
    """`prepare` makes room beside the database and gives the address of what is to be filled; `swap` puts it in place
    and says where the old one is kept, if there was one."""

    connect_args: dict[str, Any]

    def prepare(self) -> URL: ...

    def swap(self, now: datetime) -> str | None: ...


def of(url: URL) -> Place:
    return Schema(url) if url.get_backend_name() == "postgresql" else File(url)


@contextmanager
def filling(place: Place) -> Iterator[Engine]:
    """The database beside the old one while it is filled; whole and closed afterwards."""
    engine = create_engine(place.prepare(), connect_args=place.connect_args, hide_parameters=True)
    try:
        yield engine
        _settle(engine)
    finally:
        engine.dispose()


def _settle(engine: Engine) -> None:
    """All of SQLite's database in its one file, which is moved."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.commit()
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


@dataclass
class File:
    """SQLite: the old file is kept under the moment it was replaced."""

    url: URL

    def __post_init__(self) -> None:
        self.connect_args: dict[str, Any] = {}
        self.path = Path(self.url.database or "")
        self.draft = self.path.with_name(f"{self.path.name}.filling")

    def prepare(self) -> URL:
        for end in SIDE_FILES:
            Path(f"{self.draft}{end}").unlink(missing_ok=True)
        return self.url.set(database=str(self.draft))

    def swap(self, now: datetime) -> str | None:
        kept = self.path.with_name(f"replaced-{now:%Y-%m-%d-%H%M%S}.sqlite3")
        was_there = self.path.exists()
        if was_there:
            with suppress(DatabaseError), closing(open_sqlite(self.path)) as old:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for end in SIDE_FILES:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{end}").rename(f"{kept}{end}")
        self.draft.rename(self.path)
        return str(kept) if was_there else None


@dataclass
class Schema:
    """PostgreSQL: the old tables are kept in a schema named after the moment they were replaced."""

    url: URL
    draft = "filling"

    def __post_init__(self) -> None:
        self.connect_args: dict[str, Any] = {"options": f"-csearch_path={self.draft}"}

    def prepare(self) -> URL:
        if not self._is_left_alone():
            raise Unreadable("Somebody is connected to the database. Stop the servers, then try again.")
        with self._begun() as connection:
            connection.execute(DropSchema(self.draft, cascade=True, if_exists=True))
            connection.execute(CreateSchema(self.draft))
        return self.url

    def _is_left_alone(self) -> bool:
        """Whether nobody is connected. Whoever has just gone is counted by PostgreSQL for a moment longer."""
        for _ in range(ASKED):
            with self._begun() as connection:
                if not connection.scalar(text(OTHERS)):
                    return True
            sleep(PAUSE)
        return False

    def swap(self, now: datetime) -> str | None:
        kept = f"replaced_{now:%Y_%m_%d_%H%M%S}"
        with self._begun() as connection:
            connection.execute(text(f"ALTER SCHEMA public RENAME TO {kept}"))
            connection.execute(text(f"ALTER SCHEMA {self.draft} RENAME TO public"))
        return f"the schema {kept}"

    def _begun(self) -> AbstractContextManager[Connection]:
        return create_engine(self.url, poolclass=NullPool, hide_parameters=True).begin()
