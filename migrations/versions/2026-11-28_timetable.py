"""Timetables of two weeks, lessons with several teachers, with none and in a room, bells by days and years, closures of
part of a day, and all of it from a day on."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "timetable"
down_revision = "spells"
branch_labels = None
depends_on = None

NUMBERED = {"sqlite_autoincrement": True}
FOREVER = (("first", sa.Date()), ("last", sa.Date()))
WIDER = ("timetable_entry", "lesson")


def upgrade() -> None:
    _entries()
    _lessons()
    _bells()
    _calendar()
    _cover()
    op.add_column("staff", sa.Column("initials", sa.String(), nullable=True))
    # What those imports had touched had other columns.
    op.execute("UPDATE import_run SET touches = NULL WHERE kind IN ('calendar', 'periods', 'timetable')")


def _entries() -> None:
    with op.batch_alter_table("timetable_entry", table_kwargs=NUMBERED) as table:
        table.drop_constraint("uq_timetable_entry_weekday_period_group_id", type_="unique")
        table.drop_constraint("fk_timetable_entry_period_period", type_="foreignkey")
        table.add_column(sa.Column("week", sa.String(), nullable=True))
        for name, kind in FOREVER:
            table.add_column(sa.Column(name, kind, nullable=True))
        _taught(table)


def _lessons() -> None:
    with op.batch_alter_table("lesson", table_kwargs=NUMBERED) as table:
        table.add_column(sa.Column("cycle", sa.String(), nullable=True))
        _taught(table)


def _taught(table: BatchOperations) -> None:
    table.alter_column("staff_id", existing_type=sa.String(), nullable=True)
    table.add_column(sa.Column("also", sa.Text(), nullable=False, server_default="[]"))
    table.add_column(sa.Column("room", sa.String(), nullable=True))


def _bells() -> None:
    op.execute("ALTER TABLE period RENAME TO period_before")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE period_before RENAME CONSTRAINT pk_period TO pk_period_before")
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "starts", "ends", "kind")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("session", "days", "years")),
        *(sa.Column(name, kind, nullable=True) for name, kind in FOREVER),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
    )
    op.execute(
        "INSERT INTO period (name, starts, ends, kind) SELECT name, starts, ends, kind FROM period_before ORDER BY starts"
    )
    op.drop_table("period_before")


def _calendar() -> None:
    with op.batch_alter_table("calendar_entry") as table:
        table.drop_constraint("uq_calendar_entry_kind_name_start", type_="unique")
        for name in ("days", "since", "until", "years"):
            table.add_column(sa.Column(name, sa.String(), nullable=True))


def _cover() -> None:
    """A lesson says who has it on the timetable, its cover who takes it."""
    _swap("absent_id")
    with op.batch_alter_table("cover") as table:
        table.drop_constraint("fk_cover_absent_id_staff", type_="foreignkey")
        table.drop_constraint("pk_cover", type_="primary")
        table.create_primary_key("pk_cover", ["lesson_id", "absent_id"])


def _swap(to: str) -> None:
    op.execute(
        f"UPDATE lesson SET staff_id = (SELECT {to} FROM cover WHERE lesson_id = lesson.id) "
        "WHERE id IN (SELECT lesson_id FROM cover)"
    )


def downgrade() -> None:
    """Only what the tables of before can hold stays."""
    op.drop_column("staff", "initials")
    op.execute("DELETE FROM cover WHERE absent_id = ''")
    _swap("staff_id")
    with op.batch_alter_table("cover") as table:
        table.drop_constraint("pk_cover", type_="primary")
        table.create_primary_key("pk_cover", ["lesson_id"])
        table.create_foreign_key("fk_cover_absent_id_staff", "staff", ["absent_id"], ["id"])
    op.execute("DELETE FROM calendar_entry WHERE kind = 'week' OR since IS NOT NULL OR until IS NOT NULL")
    with op.batch_alter_table("calendar_entry") as table:
        for name in ("days", "since", "until", "years"):
            table.drop_column(name)
        table.create_unique_constraint("uq_calendar_entry_kind_name_start", ["kind", "name", "start"])
    _one_row_for_each_name()
    for name in WIDER:
        op.execute(f"DELETE FROM {name} WHERE staff_id IS NULL")
    with op.batch_alter_table("lesson", table_kwargs=NUMBERED) as table:
        _as_taught_before(table)
        table.drop_column("cycle")
    op.execute("DELETE FROM timetable_entry WHERE week = 'B' OR last IS NOT NULL OR period NOT IN (SELECT name FROM period)")
    with op.batch_alter_table("timetable_entry", table_kwargs=NUMBERED) as table:
        _as_taught_before(table)
        for name in ("week", "first", "last"):
            table.drop_column(name)
        table.create_unique_constraint(
            "uq_timetable_entry_weekday_period_group_id", ["weekday", "period", "group_id"]
        )
        table.create_foreign_key("fk_timetable_entry_period_period", "period", ["period"], ["name"])


def _one_row_for_each_name() -> None:
    op.execute("ALTER TABLE period RENAME TO period_after")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE period_after RENAME CONSTRAINT pk_period TO pk_period_after")
    op.create_table(
        "period",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "starts", "ends", "kind")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_period")),
    )
    op.execute(
        "INSERT INTO period (name, starts, ends, kind) SELECT name, starts, ends, kind FROM period_after "
        "WHERE id IN (SELECT max(id) FROM period_after GROUP BY name)"
    )
    op.drop_table("period_after")


def _as_taught_before(table: BatchOperations) -> None:
    table.alter_column("staff_id", existing_type=sa.String(), nullable=False)
    table.drop_column("also")
    table.drop_column("room")
