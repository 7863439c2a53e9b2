"""The set-up at the desk: staff who have left, part-time timetables, and cover."""

import sqlalchemy as sa
from alembic import op

revision = "set_up"
down_revision = "responsibility"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.add_column("staff", sa.Column("left", sa.Date(), nullable=True))
    op.create_table(
        "part_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_part_time_student_id_student")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_time")),
    )
    op.create_index(op.f("ix_part_time_student_id"), "part_time", ["student_id"])
    op.create_table(
        "cover",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("absent_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_cover_lesson_id_lesson")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cover_staff_id_staff")),
        sa.ForeignKeyConstraint(["absent_id"], ["staff.id"], name=op.f("fk_cover_absent_id_staff")),
        sa.PrimaryKeyConstraint("lesson_id", name=op.f("pk_cover")),
    )


def downgrade() -> None:
    op.drop_table("cover")
    op.drop_table("part_time")
    op.drop_column("staff", "left")
