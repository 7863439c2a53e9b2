"""Reflection spaces: asks, stays, calls for help, plans, students kept apart, and restrictive interventions."""

import sqlalchemy as sa
from alembic import op

revision = 'spaces'
down_revision = 'quicker_writing'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "space",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
    )
    op.create_index(op.f("ix_space_rev"), "space", ["rev"])
    op.create_table('assist',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('space', sa.String(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('message', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('acks', sa.Text(), nullable=False),
    sa.Column('rev', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assist'))
    )
    op.create_index(op.f('ix_assist_day'), 'assist', ['day'])
    op.create_index(op.f('ix_assist_rev'), 'assist', ['rev'])

    op.create_table('plan',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('space', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('starts', sa.String(), nullable=False),
    sa.Column('ends', sa.String(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=True),
    sa.Column('staff', sa.String(), nullable=False),
    sa.Column('students', sa.Text(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('ended', sa.Date(), nullable=True),
    sa.Column('rev', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan'))
    )
    op.create_index(op.f('ix_plan_rev'), 'plan', ['rev'])

    op.create_table('apart',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('one', sa.Integer(), nullable=False),
    sa.Column('other', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('rev', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['one'], ['student.id'], name=op.f('fk_apart_one_student')),
    sa.ForeignKeyConstraint(['other'], ['student.id'], name=op.f('fk_apart_other_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apart'))
    )
    op.create_index(op.f('ix_apart_rev'), 'apart', ['rev'])

    op.create_table('ask',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('space', sa.String(), nullable=False),
    sa.Column('student', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('ends', MOMENT, nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('until', MOMENT, nullable=True),
    sa.Column('waited', sa.Boolean(), nullable=False),
    sa.Column('acks', sa.Text(), nullable=False),
    sa.Column('rev', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['student'], ['student.id'], name=op.f('fk_ask_student_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ask'))
    )
    op.create_index(op.f('ix_ask_day'), 'ask', ['day'])
    op.create_index(op.f('ix_ask_rev'), 'ask', ['rev'])
    op.create_index(op.f('ix_ask_status'), 'ask', ['status'])
    op.create_index(op.f('ix_ask_student'), 'ask', ['student'])

    op.create_table('stay',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('ask', sa.String(), nullable=True),
    sa.Column('space', sa.String(), nullable=False),
    sa.Column('student', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('entered', MOMENT, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('ends', MOMENT, nullable=False),
    sa.Column('staff', sa.String(), nullable=True),
    sa.Column('staff_since', MOMENT, nullable=False),
    sa.Column('left', MOMENT, nullable=True),
    sa.Column('left_by', sa.String(), nullable=True),
    sa.Column('free_to_leave', sa.Boolean(), nullable=True),
    sa.Column('helped', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('clash', sa.Boolean(), nullable=False),
    sa.Column('acks', sa.Text(), nullable=False),
    sa.Column('rev', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['student'], ['student.id'], name=op.f('fk_stay_student_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stay'))
    )
    op.create_index(op.f('ix_stay_day'), 'stay', ['day'])
    op.create_index(op.f('ix_stay_rev'), 'stay', ['rev'])
    op.create_index(op.f('ix_stay_student'), 'stay', ['student'])

    op.create_table('restraint',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('student', sa.Integer(), nullable=False),
    sa.Column('opened', MOMENT, nullable=False),
    sa.Column('opened_by', sa.String(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('completed_at', MOMENT, nullable=True),
    sa.Column('completed_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['id'], ['stay.id'], name=op.f('fk_restraint_id_stay')),
    sa.ForeignKeyConstraint(['student'], ['student.id'], name=op.f('fk_restraint_student_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restraint'))
    )
    op.add_column('school', sa.Column('pack', sa.String(), nullable=True))

    op.add_column('sign_in', sa.Column('on_call', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.drop_column("on_call")
    with op.batch_alter_table("school") as school:
        school.drop_column("pack")
    for table in ("restraint", "stay", "ask", "apart", "plan", "assist", "space"):
        op.drop_table(table)
