"""What tablets say of themselves, and entries put aside that were accepted after all."""

import sqlalchemy as sa
from alembic import op

revision = "tablets"
down_revision = "policy"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")
COLUMNS = (
    ("version", sa.String()),
    ("unsent", sa.Integer()),
    ("oldest", MOMENT),
    ("persisted", sa.Boolean()),
    ("used", sa.BigInteger()),
    ("quota", sa.BigInteger()),
    ("bare_at", MOMENT),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("device", sa.Column(name, kind, nullable=True))
    op.add_column("quarantined", sa.Column("accepted", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("quarantined") as table:
        table.alter_column("accepted", server_default=None)


def downgrade() -> None:
    op.drop_column("quarantined", "accepted")
    for name, _ in reversed(COLUMNS):
        op.drop_column("device", name)
