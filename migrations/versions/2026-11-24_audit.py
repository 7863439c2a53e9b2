"""The audit trail, which the database itself keeps from being changed."""

import sqlalchemy as sa
from alembic import op

revision = "audit"
down_revision = "rewards"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")
WHY = "the audit trail only grows"
CUT_OFF = "SELECT coalesce(max(upto), 0) FROM audit_cut"  # lines up to here may go

ON_SQLITE = (
    f"CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
    f"CREATE TRIGGER audit_cut_off BEFORE DELETE ON audit WHEN OLD.sequence > ({CUT_OFF}) "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
)
ON_POSTGRESQL = (
    f"CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$",
    "CREATE TRIGGER audit_kept BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION keep_audit()",
    "CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit EXECUTE FUNCTION keep_audit()",
    "CREATE FUNCTION cut_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF OLD.sequence > ({CUT_OFF}) THEN RAISE EXCEPTION '{WHY}'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER audit_cut_off BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION cut_audit()",
)


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
    op.create_index(op.f("ix_audit_about"), "audit", ["about"])
    op.create_table(
        "audit_cut",
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("upto", name=op.f("pk_audit_cut")),
    )
    for statement in ON_SQLITE if _on_sqlite() else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit")
    op.drop_table("audit_cut")
    if not _on_sqlite():
        op.execute("DROP FUNCTION keep_audit()")
        op.execute("DROP FUNCTION cut_audit()")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
