"""Classes: a student is in several, each from a day until a day, and may be a guest in a lesson."""

import sqlalchemy as sa
from alembic import op

revision = "classes"
down_revision = "unsure_times"
branch_labels = None
depends_on = None

MEMBERSHIPS = """
INSERT INTO membership (student_id, group_id, rev)
SELECT student.id, student.group_id, school.sequence + row_number() OVER (ORDER BY student.id)
FROM student CROSS JOIN school
"""
"""Each student is in their registration group, for ever. Every tablet gets the rows, since they are newer than all."""

COUNTED = "UPDATE school SET sequence = sequence + (SELECT count(*) FROM membership)"


def upgrade() -> None:
    op.add_column("group", sa.Column("kind", sa.String(), nullable=False, server_default="registration"))
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_membership_student_id_student")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_membership_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sqlite_autoincrement=True,
    )
    for column in ("student_id", "group_id", "rev"):
        op.create_index(op.f(f"ix_membership_{column}"), "membership", [column])
    op.create_table(
        "guest",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_guest_lesson_id_lesson")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_guest_student_id_student")),
        sa.PrimaryKeyConstraint("lesson_id", "student_id", name=op.f("pk_guest")),
    )
    op.create_index(op.f("ix_guest_student_id"), "guest", ["student_id"])
    op.execute(MEMBERSHIPS)
    op.execute(COUNTED)


def downgrade() -> None:
    op.drop_table("guest")
    op.drop_table("membership")
    op.drop_column("group", "kind")
