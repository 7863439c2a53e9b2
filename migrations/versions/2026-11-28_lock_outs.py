"""Lock-outs under keys whose parts cannot be typed: those of before go, and are over within a quarter of an hour."""

from alembic import op

revision = "lock_outs"
down_revision = "imports_aside"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM lock_out")


def downgrade() -> None:
    op.execute("DELETE FROM lock_out")
