"""When the school was put back to a backup, and what was judged anew since."""

import sqlalchemy as sa
from alembic import op

revision = "restorations"
down_revision = "tablets"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "restoration",
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("at", name=op.f("pk_restoration")),
    )
    op.create_table(
        "overturned",
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("operation", name=op.f("pk_overturned")),
    )
    op.create_index(op.f("ix_overturned_device_id"), "overturned", ["device_id"])


def downgrade() -> None:
    op.drop_table("overturned")
    op.drop_table("restoration")
