"""Since when somebody may record on a tablet, and when else they could."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "sign_in_times"
down_revision = "retention"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")
LIFE = timedelta(days=7)  # of every sign-in so far

SIGN_IN = sa.table(
    "sign_in",
    sa.column("device_id", sa.String()),
    sa.column("staff_id", sa.String()),
    sa.column("since", MOMENT),
    sa.column("until", MOMENT),
)


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("since", MOMENT, nullable=True))
    op.add_column("sign_in", sa.Column("wall", MOMENT, nullable=True))
    _fill(op.get_bind())
    with op.batch_alter_table("sign_in") as table:
        table.alter_column("since", existing_type=MOMENT, nullable=False)
    op.create_table(
        "past_sign_in",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("wall", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_past_sign_in_device_id_device")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_past_sign_in_staff_id_staff")),
        sa.PrimaryKeyConstraint("device_id", "staff_id", "since", name=op.f("pk_past_sign_in")),
    )


def _fill(connection: sa.Connection) -> None:
    """A sign-in began as long before its end as it lasts; earlier ones nobody knows any more."""
    for device, staff, until in connection.execute(sa.select(SIGN_IN.c.device_id, SIGN_IN.c.staff_id, SIGN_IN.c.until)):
        row = sa.update(SIGN_IN).where(SIGN_IN.c.device_id == device, SIGN_IN.c.staff_id == staff)
        connection.execute(row.values(since=_before(until)))


def _before(until: datetime | str) -> datetime | str:
    """In the form in which the database keeps moments."""
    if isinstance(until, datetime):
        return until - LIFE
    return (datetime.fromisoformat(until) - LIFE).astimezone(UTC).isoformat(timespec="microseconds")


def downgrade() -> None:
    op.drop_table("past_sign_in")
    with op.batch_alter_table("sign_in") as table:
        table.drop_column("wall")
        table.drop_column("since")
