"""Nothing takes the place of a line of the audit trail, nor of a cut of it: new ones only follow the last."""

from alembic import op

revision = "access"
down_revision = "sign_in_times"
branch_labels = None
depends_on = None

WHY = "the audit trail only grows"

# SQLite's INSERT OR REPLACE removes the line that is in the way without asking what stands before DELETE.
FOLLOWS = {
    "audit": "NEW.sequence <= (SELECT coalesce(max(sequence), 0) FROM audit)"
    " OR NEW.sequence <= (SELECT coalesce(max(upto), 0) FROM audit_cut)",
    "audit_cut": "NEW.upto <= (SELECT coalesce(max(upto), 0) FROM audit_cut)",
}


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _on_sqlite() if on_sqlite else _on_postgresql():
        op.execute(statement)


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    table = "" if on_sqlite else " ON {}"
    for trigger, of in (("audit_follows", "audit"), ("audit_cut_follows", "audit_cut")):
        op.execute(f"DROP TRIGGER {trigger}{table.format(of)}")
    for trigger in ("audit_cut_kept", "audit_cut_stays") if on_sqlite else ("audit_cut_kept", "audit_cut_whole"):
        op.execute(f"DROP TRIGGER {trigger}{table.format('audit_cut')}")
    if not on_sqlite:
        op.execute("DROP FUNCTION follow_audit()")
        op.execute("DROP FUNCTION follow_audit_cut()")


def _on_sqlite() -> list[str]:
    stop = f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    return [
        *(f"CREATE TRIGGER {of}_follows BEFORE INSERT ON {of} WHEN {is_old} {stop}" for of, is_old in FOLLOWS.items()),
        f"CREATE TRIGGER audit_cut_kept BEFORE UPDATE ON audit_cut {stop}",
        f"CREATE TRIGGER audit_cut_stays BEFORE DELETE ON audit_cut {stop}",
    ]


def _on_postgresql() -> list[str]:
    functions = [
        f"CREATE FUNCTION follow_{of}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {is_old} THEN RAISE EXCEPTION '{WHY}'; END IF; RETURN NEW; END $$"
        for of, is_old in FOLLOWS.items()
    ]
    return [
        *functions,
        *(
            f"CREATE TRIGGER {of}_follows BEFORE INSERT ON {of} FOR EACH ROW EXECUTE FUNCTION follow_{of}()"
            for of in FOLLOWS
        ),
        "CREATE TRIGGER audit_cut_kept BEFORE UPDATE OR DELETE ON audit_cut "
        "FOR EACH ROW EXECUTE FUNCTION keep_audit()",
        "CREATE TRIGGER audit_cut_whole BEFORE TRUNCATE ON audit_cut EXECUTE FUNCTION keep_audit()",
    ]
