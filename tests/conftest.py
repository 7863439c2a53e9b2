"""Fixtures every test may use: a school on a real database, with a clock that can be moved."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings

from tests.builders import Clock
from tests.postgres import Postgres
from tests.worker.school import School
from webapp import create_app
from webapp.config import Settings, read_settings
from webapp.models import db
from webapp.setup import set_up

hypothesis_settings.register_profile("reachable", deadline=None)  # how fast a machine is decides nothing
hypothesis_settings.load_profile("reachable")

TUESDAY_MORNING = datetime(2026, 3, 3, 10, 21, 7, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Try many more random histories.")


def make_school(settings: Settings) -> None:
    """Tables by the migrations, and a school without people."""
    app = create_app(settings, Clock(TUESDAY_MORNING))
    with app.app_context():
        set_up("reach", "Hazelwood School")
        db.engine.dispose()


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


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A school without people, on a database of its own, on Tuesday 3 March 2026 at 10:21."""
    app = create_app(settings, Clock(TUESDAY_MORNING))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def school(app: Flask) -> Iterator[School]:
    """The app behind a real socket, for browsers."""
    school = School(app)
    school.start()
    yield school
    school.stop()
