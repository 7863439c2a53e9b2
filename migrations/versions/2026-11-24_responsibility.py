"""Groups that are given to members of staff."""

import sqlalchemy as sa
from alembic import op

revision = "responsibility"
down_revision = "imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "responsibility",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_responsibility_staff_id_staff")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_responsibility_group_id_group")),
        sa.PrimaryKeyConstraint("staff_id", "group_id", name=op.f("pk_responsibility")),
    )


def downgrade() -> None:
    op.drop_table("responsibility")
