"""Parents and carers, and attendance by session."""

import sqlalchemy as sa
from alembic import op

revision = "home"
down_revision = "roll_overs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("forename", sa.String(), nullable=True),
        sa.Column("relationship", sa.String(), nullable=True),
        sa.Column("responsibility", sa.Boolean(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_contact_student_id_student")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_student_id"), "contact", ["student_id"])
    op.create_table(
        "attendance",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_attendance_student_id_student")),
        sa.PrimaryKeyConstraint("student_id", "day", "session", name=op.f("pk_attendance")),
    )
    op.create_index("ix_attendance_day", "attendance", ["day"])


def downgrade() -> None:
    op.drop_index("ix_attendance_day", table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_contact_student_id"), table_name="contact")
    op.drop_table("contact")
