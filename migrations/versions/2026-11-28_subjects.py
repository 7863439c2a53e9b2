"""Which entry an operation is about, and whether it says anything in somebody's own words: asked for by columns, and no
longer looked for in bodies."""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "subjects"
down_revision = "faults"
branch_labels = None
depends_on = None

NAMING = {
    "reward.lift": "cap",
    "room.leave": "admission",
    "pathway.withdraw": "award",
    "space.enter": "ask",
    "space.leave": "stay",
    "space.handover": "stay",
    "space.cancel": "ask",
    "space.ack": "call",
    "space.correct": "stay",
    "plan.end": "plan",
    "apart.end": "pair",
    "restraint.complete": "record",
    "tuck.void": "redemption",
    "refusal.settle": "operation",
}
"""The field that names an entry, by kind."""

WRITING = {
    "score.record": ("why",),
    "reward.cap": ("reason",),
    "space.leave": ("note",),
    "space.correct": ("why",),
    "space.assist": ("place", "message"),
    "apart.set": ("reason",),
    "trip.decide": ("why",),
    "pathway.award": ("note",),
    "till.override": ("why",),
    "tuck.void": ("why",),
}
"""The fields in which people write in their own words, by kind."""

ENTRY = re.compile(r"[a-z0-9]{1,40}\.[a-z0-9]{1,40}\.[1-9][0-9]{0,15}")
AT_ONCE = 5_000

OPERATION = sa.table(
    "operation", sa.column("seq"), sa.column("kind"), sa.column("body"), sa.column("subject"), sa.column("written")
)


def upgrade() -> None:
    op.add_column("operation", sa.Column("written", sa.Boolean(), nullable=False, server_default=sa.false()))
    kind, body = OPERATION.c.kind, OPERATION.c.body
    # Marks are most of the log, and few say why.
    wanted = kind.in_({*NAMING, *WRITING} - {"score.record"}) | ((kind == "score.record") & body.like('%"why"%'))
    change = (
        OPERATION.update()
        .where(OPERATION.c.seq == sa.bindparam("of"))
        .values(subject=sa.func.coalesce(sa.bindparam("names"), OPERATION.c.subject), written=sa.bindparam("says"))
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(OPERATION.c.seq, kind, body).where(wanted)).all()
    for first in range(0, len(rows), AT_ONCE):
        connection.execute(change, [_read(*row) for row in rows[first : first + AT_ONCE]])


def downgrade() -> None:
    op.execute(OPERATION.update().where(OPERATION.c.kind.in_(NAMING)).values(subject=None))
    op.drop_column("operation", "written")


def _read(seq: int, kind: str, text: str) -> dict[str, object]:
    body = json.loads(text)
    named = body.get(NAMING.get(kind, ""))
    return {
        "of": seq,
        "names": named if isinstance(named, str) and ENTRY.fullmatch(named) else None,
        "says": any(isinstance(body.get(field), str) and body[field] for field in WRITING.get(kind, ())),
    }
