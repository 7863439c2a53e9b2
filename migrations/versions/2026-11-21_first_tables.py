"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "first_tables"
down_revision = None
branch_labels = None
depends_on = None

# Times as text on SQLite, which has no type for them.
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entry")),
        sa.UniqueConstraint("kind", "name", "start", name=op.f("uq_calendar_entry_kind_name_start")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("incarnation", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("enrolled_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("last_heard", MOMENT, nullable=True),
        sa.Column("skew", sa.BigInteger(), nullable=True),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )
    op.create_table(
        "enrol_code",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_enrol_code")),
    )
    op.create_table(
        "group",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_stage", sa.Integer(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
    )
    op.create_index(op.f("ix_group_rev"), "group", ["rev"])

    op.create_table(
        "lock_out",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lock_out")),
    )
    op.create_table(
        "period",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_period")),
    )
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("rolled", sa.Date(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
    )
    op.create_index(op.f("ix_school_rev"), "school", ["rev"])

    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("forename", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )
    op.create_index(op.f("ix_staff_rev"), "staff", ["rev"])

    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_lesson_group_id_group")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_lesson_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("day", "period", "group_id", name=op.f("uq_lesson_day_period_group_id")),
    )
    op.create_index(op.f("ix_lesson_day"), "lesson", ["day"])
    op.create_index(op.f("ix_lesson_group_id"), "lesson", ["group_id"])
    op.create_index(op.f("ix_lesson_rev"), "lesson", ["rev"])
    op.create_index(op.f("ix_lesson_week"), "lesson", ["week"])

    op.create_table(
        "operation",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("incarnation", sa.String(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("received", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("replaces", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_operation_device_id_device")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_operation")),
        sa.UniqueConstraint(
            "device_id", "incarnation", "n", name=op.f("uq_operation_device_id_incarnation_n")
        ),
    )
    op.create_index(
        "ix_operation_refused",
        "operation",
        ["device_id", "rev"],
        sqlite_where=sa.text("status = 'refused'"),
        postgresql_where=sa.text("status = 'refused'"),
    )
    op.create_index(op.f("ix_operation_subject"), "operation", ["subject"])

    op.create_table(
        "quarantined",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("incarnation", sa.String(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("received", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_quarantined_device_id_device")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined")),
        sa.UniqueConstraint(
            "device_id",
            "incarnation",
            "n",
            "digest",
            name=op.f("uq_quarantined_device_id_incarnation_n_digest"),
        ),
    )
    op.create_table(
        "sign_in",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_sign_in_device_id_device")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_in_staff_id_staff")),
        sa.PrimaryKeyConstraint("device_id", "staff_id", name=op.f("pk_sign_in")),
    )
    op.create_table(
        "student",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upn", sa.String(), nullable=False),
        sa.Column("admission", sa.String(), nullable=True),
        sa.Column("legal_surname", sa.String(), nullable=False),
        sa.Column("legal_forename", sa.String(), nullable=False),
        sa.Column("preferred_surname", sa.String(), nullable=True),
        sa.Column("preferred_forename", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=True),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_student_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student")),
        sa.UniqueConstraint("upn", name=op.f("uq_student_upn")),
    )
    op.create_index(op.f("ix_student_group_id"), "student", ["group_id"])
    op.create_index(op.f("ix_student_rev"), "student", ["rev"])

    op.create_table(
        "timetable_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_timetable_entry_group_id_group")),
        sa.ForeignKeyConstraint(["period"], ["period.name"], name=op.f("fk_timetable_entry_period_period")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_timetable_entry_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable_entry")),
        sa.UniqueConstraint(
            "weekday", "period", "group_id", name=op.f("uq_timetable_entry_weekday_period_group_id")
        ),
    )
    op.create_table(
        "cap",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("cap", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("lifted", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_cap_student_id_student")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap")),
    )
    op.create_index(op.f("ix_cap_rev"), "cap", ["rev"])
    op.create_index(op.f("ix_cap_student_id"), "cap", ["student_id"])

    op.create_table(
        "level",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("earned", sa.String(), nullable=True),
        sa.Column("cap", sa.String(), nullable=True),
        sa.Column("sum", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("from_week", sa.String(), nullable=True),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_level_student_id_student")),
        sa.PrimaryKeyConstraint("student_id", "week", name=op.f("pk_level")),
    )
    op.create_index(op.f("ix_level_rev"), "level", ["rev"])
    op.create_index(op.f("ix_level_week"), "level", ["week"])

    op.create_table(
        "score",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_score_lesson_id_lesson")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_score_student_id_student")),
        sa.PrimaryKeyConstraint("student_id", "lesson_id", name=op.f("pk_score")),
    )
    op.create_index(op.f("ix_score_lesson_id"), "score", ["lesson_id"])
    op.create_index(op.f("ix_score_rev"), "score", ["rev"])


def downgrade() -> None:
    op.drop_table("score")
    op.drop_table("level")
    op.drop_table("cap")
    op.drop_table("timetable_entry")
    op.drop_table("student")
    op.drop_table("sign_in")
    op.drop_table("quarantined")
    op.drop_table("operation")
    op.drop_table("lesson")
    op.drop_table("staff")
    op.drop_table("school")
    op.drop_table("period")
    op.drop_table("lock_out")
    op.drop_table("group")
    op.drop_table("enrol_code")
    op.drop_table("device")
    op.drop_table("calendar_entry")
