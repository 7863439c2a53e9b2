"""Accounts: second factor, recovery codes, sign-in with a provider, set-up links, PINs, and when a guess was made."""

import sqlalchemy as sa
from alembic import op

revision = "accounts"
down_revision = "restorations"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("last_sign_in", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_staff_id_staff"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_account")),
    )
    op.create_table(
        "second_factor",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("confirmed", MOMENT, nullable=True),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_second_factor_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_recovery_code_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_staff_id"), "recovery_code", ["staff_id"])
    op.create_table(
        "provider_account",
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("linked", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_provider_account_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("provider", "subject", name=op.f("pk_provider_account")),
    )
    op.create_index(op.f("ix_provider_account_staff_id"), "provider_account", ["staff_id"])
    op.create_table(
        "set_up_link",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_set_up_link_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_set_up_link")),
    )
    op.create_index(op.f("ix_set_up_link_staff_id"), "set_up_link", ["staff_id"])
    with op.batch_alter_table("lock_out") as table:
        table.add_column(sa.Column("last", MOMENT, nullable=True))
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("email", sa.String(), nullable=True))
        table.create_unique_constraint(op.f("uq_staff_email"), ["email"])
    with op.batch_alter_table("sign_in") as table:
        table.add_column(sa.Column("pin_hash", sa.String(), nullable=True))
        table.add_column(sa.Column("pin_wrong", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("sign_in") as table:
        table.alter_column("pin_wrong", server_default=None)
    # A school that ran without goes on as it was until somebody decides.
    with op.batch_alter_table("school") as table:
        table.add_column(sa.Column("second_factor", sa.String(), nullable=False, server_default="offered"))
    with op.batch_alter_table("school") as table:
        table.alter_column("second_factor", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("school") as table:
        table.drop_column("second_factor")
    with op.batch_alter_table("sign_in") as table:
        table.drop_column("pin_wrong")
        table.drop_column("pin_hash")
    with op.batch_alter_table("staff") as table:
        table.drop_constraint(op.f("uq_staff_email"), type_="unique")
        table.drop_column("email")
    with op.batch_alter_table("lock_out") as table:
        table.drop_column("last")
    for table in ("set_up_link", "provider_account", "recovery_code", "second_factor", "account"):
        op.drop_table(table)
