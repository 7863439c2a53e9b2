"""Which entries were recorded by a clock that was wrong, so that nobody knows when."""

import sqlalchemy as sa
from alembic import op

revision = "unsure_times"
down_revision = "timetable"
branch_labels = None
depends_on = None

UNSURE = sa.text("unsure")


def upgrade() -> None:
    op.add_column("operation", sa.Column("unsure", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_operation_unsure", "operation", ["seq"], sqlite_where=UNSURE, postgresql_where=UNSURE)


def downgrade() -> None:
    op.drop_index("ix_operation_unsure", table_name="operation")
    op.drop_column("operation", "unsure")
