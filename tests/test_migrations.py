from pathlib import Path

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from webapp import create_app
from webapp.config import read_settings
from webapp.models import Base, db


def test_migrated_empty_database_is_what_the_models_say(tmp_path: Path):
    app = create_app(read_settings({"REACHABLE_DATA": str(tmp_path)}))
    with app.app_context():
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        db.engine.dispose()


def test_migrations_can_be_taken_back(tmp_path: Path):
    app = create_app(read_settings({"REACHABLE_DATA": str(tmp_path)}))
    with app.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        with db.engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            assert [name for (name,) in tables] == ["alembic_version"]
        db.engine.dispose()
