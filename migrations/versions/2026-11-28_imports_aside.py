"""Files that are looked at in a queue, how much of a tablet's day was set aside, and indexes for long lists."""

import sqlalchemy as sa
from alembic import op

revision = "imports_aside"
down_revision = "access"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")
def _upload() -> list[sa.Column]:
    return [
    sa.Column("task", sa.String(), nullable=False, server_default="look"),
    sa.Column("state", sa.String(), nullable=False, server_default="waiting"),
    sa.Column("line", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("lines", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("beat", MOMENT, nullable=True),
    sa.Column("found", sa.Text(), nullable=True),
    sa.Column("run", sa.Integer(), nullable=True),
]

def _device() -> list[sa.Column]:
    return [
    sa.Column("bad_day", sa.Date(), nullable=True),
    sa.Column("bad_entries", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("bad_letters", sa.Integer(), nullable=False, server_default="0"),
]


OPEN_REFUSED = sa.text("status = 'refused' AND settled_at IS NULL")
OPEN_ASIDE = sa.text("settled_at IS NULL")


def upgrade() -> None:
    for table, columns in (("upload", _upload()), ("device", _device())):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(column)
    for name, table, columns, where in INDEXES:
        op.create_index(op.f(name), table, columns, sqlite_where=where, postgresql_where=where)


INDEXES = (
    ("ix_operation_open", "operation", ["device_id", "seq"], OPEN_REFUSED),
    ("ix_operation_open_seq", "operation", ["seq"], OPEN_REFUSED),
    ("ix_quarantined_open", "quarantined", ["device_id", "id"], OPEN_ASIDE),
    ("ix_quarantined_open_id", "quarantined", ["id"], OPEN_ASIDE),
    ("ix_score_contested", "score", ["at"], sa.text("contested")),
    ("ix_audit_by", "audit", ["by", "sequence"], None),
    ("ix_audit_event", "audit", ["event", "sequence"], None),
    ("ix_device_enrolled_at", "device", ["enrolled_at", "id"], None),
    ("ix_lock_out_until", "lock_out", ["until", "key"], None),
)


def downgrade() -> None:
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(op.f(name), table_name=table)
    for table, columns in (("device", _device()), ("upload", _upload())):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)
