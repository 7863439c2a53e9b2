"""Earlier times of students at the school, and what tells students of one name apart."""

import sqlalchemy as sa
from alembic import op

revision = "spells"
down_revision = "merges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Date()),
        sa.Column("left", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_spell_student_id_student")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spell")),
    )
    op.create_index(op.f("ix_spell_student_id"), "spell", ["student_id"])
    op.add_column("student", sa.Column("apart", sa.String()))


def downgrade() -> None:
    op.drop_column("student", "apart")
    op.drop_table("spell")
