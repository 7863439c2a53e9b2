"""What went wrong in a tablet's program, as it tells the school."""

import sqlalchemy as sa
from alembic import op

revision = "faults"
down_revision = "lock_outs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("fault", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("device", "fault")
