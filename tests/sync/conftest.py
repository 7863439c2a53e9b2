"""A school at work, on SQLite and on PostgreSQL: the protocol holds on both."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import Tablet, create_group, create_lesson, create_staff, create_student, create_tablet, create_year
from tests.postgres import DATABASES, Postgres
from webapp.config import Settings, read_settings
from webapp.models import Lesson


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Path) -> Settings:
    return settings_on(request.param, request, data)


@pytest.fixture(scope="module", params=DATABASES)
def shared_settings(
    request: pytest.FixtureRequest, empty_school: Path, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A school that the tests of a file share, since real servers take seconds to start."""
    data = shutil.copytree(empty_school, tmp_path_factory.mktemp("shared") / "data")
    return settings_on(request.param, request, data)


def settings_on(database: str, request: pytest.FixtureRequest, data: Path) -> Settings:
    env = {"REACHABLE_DATA": str(data)}
    if database == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        name = request.getfixturevalue("postgres_school")
        env["DATABASE_URL"] = address = postgres.lend(name)
        request.addfinalizer(lambda: postgres.take_back(name, address))
    return read_settings(env)


@pytest.fixture
def lesson(app: Flask) -> Lesson:  # the school it is taught at
    """Ada's lesson with one student, Zoë."""
    create_year()
    create_group()
    create_staff()
    create_student()
    return create_lesson()


@pytest.fixture
def tablet(app: Flask, lesson: Lesson) -> Tablet:  # what it is there to mark
    return create_tablet(app)
