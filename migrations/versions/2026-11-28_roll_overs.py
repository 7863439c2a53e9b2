"""A school year that gives way to the next, prepared ahead."""

import sqlalchemy as sa
from alembic import op

from webapp.models.base import Moment

revision = "roll_overs"
down_revision = "classes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roll_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("students", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("touches", sa.LargeBinary()),
        sa.Column("undone_at", Moment()),
        sa.Column("undone_by", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_over")),
    )


def downgrade() -> None:
    op.drop_table("roll_over")
