from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from webapp import create_app
from webapp.config import read_settings
from webapp.models import Base, db


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database without tables."""
    env = {"REACHABLE_DATA": str(tmp_path)}
    if request.param == "postgresql":
        env["DATABASE_URL"] = request.getfixturevalue("postgres").create(request.node.name)
    app = create_app(read_settings(env))
    with app.app_context():
        yield app
        db.engine.dispose()


def test_a_migrated_database_is_what_the_models_say(app: Flask):
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert connection.dialect.name in app.config["SQLALCHEMY_DATABASE_URI"]
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrations_can_be_repeated_and_taken_back(app: Flask):
    for _ in range(2):
        flask_migrate.upgrade()
    assert inspect(db.engine).has_table("operation")
    flask_migrate.downgrade(revision="base")
    assert app
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
