"""Rewards: cards, tuck shop, reward room, options, trip and awards."""

import sqlalchemy as sa
from alembic import op

revision = "rewards"
down_revision = "spaces"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("allergens", sa.Text(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    op.create_index(op.f("ix_item_rev"), "item", ["rev"])

    op.create_table(
        "trip_decision",
        sa.Column("half_term", sa.Date(), nullable=False),
        sa.Column("picked", sa.Text(), nullable=False),
        sa.Column("tied", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("half_term", name=op.f("pk_trip_decision")),
    )
    op.create_table(
        "stock_count",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["item"], ["item.id"], name=op.f("fk_stock_count_item_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
    )
    op.create_index(op.f("ix_stock_count_day"), "stock_count", ["day"])

    op.create_table(
        "till",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_till_group_id_group")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_till")),
    )
    op.create_index(op.f("ix_till_rev"), "till", ["rev"])

    op.create_table(
        "admission",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("left", MOMENT, nullable=True),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_admission_student_id_student")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
    )
    op.create_index(op.f("ix_admission_day"), "admission", ["day"])
    op.create_index(op.f("ix_admission_rev"), "admission", ["rev"])
    op.create_index(op.f("ix_admission_student_id"), "admission", ["student_id"])
    op.create_index(op.f("ix_admission_window"), "admission", ["window"])

    op.create_table(
        "award",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("award", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_award_student_id_student")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
    )
    op.create_index(op.f("ix_award_day"), "award", ["day"])
    op.create_index(op.f("ix_award_rev"), "award", ["rev"])
    op.create_index(op.f("ix_award_student_id"), "award", ["student_id"])

    op.create_table(
        "board_name",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_board_name_student_id_student")
        ),
        sa.PrimaryKeyConstraint("student_id", name=op.f("pk_board_name")),
    )
    op.create_table(
        "card",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_card_student_id_student")),
        sa.PrimaryKeyConstraint("student_id", name=op.f("pk_card")),
        sa.UniqueConstraint("digest", name=op.f("uq_card_digest")),
    )
    op.create_index(op.f("ix_card_rev"), "card", ["rev"])

    op.create_table(
        "option_choice",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_option_choice_student_id_student")
        ),
        sa.PrimaryKeyConstraint("student_id", "week", name=op.f("pk_option_choice")),
    )
    op.create_index(op.f("ix_option_choice_rev"), "option_choice", ["rev"])
    op.create_index(op.f("ix_option_choice_week"), "option_choice", ["week"])

    op.create_table(
        "redemption",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("voided_at", MOMENT, nullable=True),
        sa.Column("voided_by", sa.String(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["item.id"], name=op.f("fk_redemption_item_item")),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_redemption_student_id_student")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption")),
    )
    op.create_index(op.f("ix_redemption_day"), "redemption", ["day"])
    op.create_index(op.f("ix_redemption_rev"), "redemption", ["rev"])
    op.create_index(op.f("ix_redemption_student_id"), "redemption", ["student_id"])


def downgrade() -> None:
    op.drop_table("redemption")
    op.drop_table("option_choice")
    op.drop_table("card")
    op.drop_table("board_name")
    op.drop_table("award")
    op.drop_table("admission")
    op.drop_table("till")
    op.drop_table("stock_count")
    op.drop_table("trip_decision")
    op.drop_table("item")
