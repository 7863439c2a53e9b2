"""The shape of the tables: which one a database has, and giving it to another one."""

import alembic.command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection


def revision_of(connection: Connection) -> str:
    """The newest migration a database has been through; empty if there was none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest() -> str:
    """The migration that our tables are made by."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def is_known(revision: str) -> bool:
    """Whether our migrations lead to it."""
    try:
        return bool(ScriptDirectory.from_config(_config()).get_revision(revision))
    except CommandError:
        return False


def bring_to(connection: Connection, revision: str) -> None:
    """Take a database through the migrations up to one of them, or to "head"."""
    config = _config()
    config.attributes["connection"] = connection
    alembic.command.upgrade(config, revision)
    connection.commit()


def _config() -> Config:
    migrate = current_app.extensions["migrate"]
    config: Config = migrate.migrate.get_config(migrate.directory)
    return config
