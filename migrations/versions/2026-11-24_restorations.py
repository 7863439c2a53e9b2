"""When the school was put back to a backup."""

import sqlalchemy as sa
from alembic import op

revision = "restorations"
down_revision = "imports"
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


def downgrade() -> None:
    op.drop_table("restoration")
