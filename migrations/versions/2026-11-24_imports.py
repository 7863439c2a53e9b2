"""Imports that can be looked at first and undone later; the number of a removed row is never given again."""

import sqlalchemy as sa
from alembic import op

revision = "imports"
down_revision = "sessions"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")
NUMBERED = ("student", "lesson", "timetable_entry")


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_table(
        "import_column",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "column", name=op.f("pk_import_column")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("touches", sa.LargeBinary(), nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "tombstone",
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("table", "row", name=op.f("pk_tombstone")),
    )
    op.create_index(op.f("ix_tombstone_rev"), "tombstone", ["rev"])
    _number(once=True)


def downgrade() -> None:
    _number(once=False)
    op.drop_table("tombstone")
    op.drop_table("import_run")
    op.drop_table("import_column")
    op.drop_table("upload")


def _number(once: bool) -> None:
    """SQLite gives the highest number again once its row is gone, unless told not to: a tablet without a network may
    still send marks for the row that had it. PostgreSQL never does."""
    if op.get_bind().dialect.name == "sqlite":
        for table in NUMBERED:
            with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": once}):
                pass
