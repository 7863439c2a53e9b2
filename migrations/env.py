"""Brings a database to the shape of the models; run by `flask --app webapp init` and `flask --app webapp db …`."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from webapp.models.base import Moment

migrate = current_app.extensions["migrate"]


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Our own column types by what they are in the database, so that old migrations outlive the code."""
    rendered = 'sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")'
    return rendered if kind == "type" and isinstance(item, Moment) else False


@contextmanager
def unasked(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds a table to change it. Whatever refers to it must not be asked meanwhile, and afterwards is."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.driver_connection
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")
    if broken := sqlite.execute("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"Rows that refer to nothing: {broken[:5]}")


# A restore hands in the connection of the database it is filling.
given = context.config.attributes.get("connection")
with nullcontext(given) if given else migrate.db.engine.connect() as connection, unasked(connection):
    # SQLite is opened so that changes of tables, too, are taken back when something fails.
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        transactional_ddl=True,
        render_item=render_item,
        **migrate.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
