"""Two records of one person that became one."""

import sqlalchemy as sa
from alembic import op

from webapp.models.base import Moment

revision = "merges"
down_revision = "layouts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("touches", sa.LargeBinary()),
        sa.Column("undone_at", Moment()),
        sa.Column("undone_by", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_gone"), "merge", ["gone"])
    op.create_index(op.f("ix_merge_kept"), "merge", ["kept"])


def downgrade() -> None:
    op.drop_table("merge")
