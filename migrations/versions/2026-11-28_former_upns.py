"""UPNs that students had before, dates of birth, and what was decided of a file before it is imported."""

import sqlalchemy as sa
from alembic import op

revision = "former_upns"
down_revision = "lock_outs_of_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_upn",
        sa.Column("upn", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_former_upn_student_id_student")),
        sa.PrimaryKeyConstraint("upn", name=op.f("pk_former_upn")),
    )
    op.create_index(op.f("ix_former_upn_student_id"), "former_upn", ["student_id"])
    op.add_column("student", sa.Column("born", sa.Date()))
    op.add_column("upload", sa.Column("answers", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("upload", "answers")
    op.drop_column("student", "born")
    op.drop_index(op.f("ix_former_upn_student_id"), table_name="former_upn")
    op.drop_table("former_upn")
