"""Whose secret was guessed, in a column of its own."""

import json

import sqlalchemy as sa
from alembic import op

revision = "lock_outs_of_staff"
down_revision = "subjects"
branch_labels = None
depends_on = None

LOCK_OUT = sa.table("lock_out", sa.column("key"), sa.column("staff_id"))
STAFF = "staff"


def upgrade() -> None:
    op.add_column("lock_out", sa.Column("staff_id", sa.String(), nullable=True))
    op.create_index(op.f("ix_lock_out_staff_id"), "lock_out", ["staff_id"])
    connection = op.get_bind()
    for key in connection.scalars(sa.select(LOCK_OUT.c.key)).all():
        _kind, whom, who, *_where = json.loads(key)
        if whom == STAFF:
            connection.execute(LOCK_OUT.update().where(LOCK_OUT.c.key == key).values(staff_id=who))


def downgrade() -> None:
    op.drop_index(op.f("ix_lock_out_staff_id"), table_name="lock_out")
    op.drop_column("lock_out", "staff_id")
