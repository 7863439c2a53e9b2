"""Fixtures every test may use: a school on a real database, with a clock that can be moved."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, event

from tests.apps import Apps, used
from tests.builders import Clock
from tests.postgres import Postgres
from tests.worker.school import School
from webapp import create_app
from webapp.config import Settings, read_settings
from webapp.models.school import OFFERED
from webapp.offline.bundle import Bundle, bundle
from webapp.setup.school import set_up
from webapp.web import passwords

hypothesis_settings.register_profile("reachable", deadline=None)  # how fast a machine is decides nothing
hypothesis_settings.load_profile("reachable")

TUESDAY_MORNING = datetime(2026, 3, 3, 10, 21, 7, tzinfo=UTC)


@event.listens_for(Engine, "connect")
def _hurry_sqlite(connection: Any, _record: Any) -> None:
    """What a power cut would lose here may be lost."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Try many more random histories.")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Tests sign in a thousand times; what a hash costs is tested by itself."""
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def make_school(settings: Settings) -> None:
    """Tables by the migrations, and a school without people."""
    with used(create_app(settings, Clock(TUESDAY_MORNING))):
        set_up("reach", "Hazelwood School", second_factor=OFFERED)


@pytest.fixture(scope="session")
def empty_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database and a school without people; copied, never used."""
    folder = tmp_path_factory.mktemp("empty-school")
    make_school(read_settings({"REACHABLE_DATA": str(folder)}))
    return folder


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """A PostgreSQL server of our own."""
    return Postgres.start()


@pytest.fixture(scope="session")
def postgres_school(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database like `empty_school`; copied, never used."""
    folder = tmp_path_factory.mktemp("empty-school-on-postgresql")
    make_school(read_settings({"REACHABLE_DATA": str(folder), "DATABASE_URL": postgres.create("school")}))
    return "school"


@pytest.fixture
def data(empty_school: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty_school, tmp_path / "data"))


@pytest.fixture
def settings(data: Path) -> Settings:
    return read_settings({"REACHABLE_DATA": str(data)})


@pytest.fixture(scope="session")
def apps() -> Apps:
    return Apps()


@pytest.fixture
def app(request: pytest.FixtureRequest, settings: Settings, apps: Apps) -> Iterator[Flask]:
    """A school without people, on a database of its own, on Tuesday 3 March 2026 at 10:21."""
    is_own, clock = "own_app" in request.fixturenames, Clock(TUESDAY_MORNING)
    with used(create_app(settings, clock)) if is_own else apps.lend(settings, clock) as app:
        yield app


@pytest.fixture
def own_app(app: Flask) -> Flask:
    """An app that no other test has had: one with changes to it."""
    return app


@pytest.fixture(scope="session")
def worker(empty_school: Path) -> Bundle:
    """The worker's script, which each app would put together anew."""
    with used(create_app(read_settings({"REACHABLE_DATA": str(empty_school)}))):
        return bundle()


@pytest.fixture
def school(app: Flask, worker: Bundle) -> Iterator[School]:
    """The app behind a real socket, for browsers."""
    app.extensions["worker"] = worker
    school = School(app)
    school.start()
    yield school
    school.stop()
