"""Wire rows from the database: the few that a screen needs, as a tablet would hold them."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import select

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.load.queries import Query, asks, stays
from webapp.models import (
    Assist,
    Group,
    Operation,
    Plan,
    School,
    Staff,
    Student,
    db,
)
from webapp.models.device import BROWSER
from webapp.models.operation import REFUSED
from webapp.policies import Pack
from webapp.school import clock
from webapp.school.school import school_pack, the_school
from webapp.sync.tables import rows, school_rows
from webapp.sync.tables.replicated import REFUSALS, TABLES
from webapp.sync.tables.replication import Table

Rows = dict[str, Any]
"""Rows of one table by their ids."""

NOTHING: Rows = {}


def load(viewer: Viewer, **queries: Query) -> Tables:
    """The rows of these queries, named as their tables, and those of the school that every screen may name."""
    if the_school() is None:
        return cast(Tables, dict.fromkeys([*TABLES, REFUSALS], NOTHING))
    pack = school_pack()
    wanted = _common() | queries
    found = {name: _rows(wanted[name], table, pack) if name in wanted else NOTHING for name, table in TABLES.items()}
    named = found["students"] | _named(found, pack)
    spaces = {row["id"]: row for row in school_rows.space_rows(pack)}
    return cast(Tables, found | {"spaces": spaces, "students": named, REFUSALS: _refused(viewer, pack)})


def _common() -> dict[str, Query]:
    """What every screen may speak of: calls may come up on any."""
    today = clock.today()
    return {
        "school": select(School),
        "groups": select(Group),
        "staff": select(Staff),
        "asks": asks(),
        "stays": stays(),
        "assists": select(Assist).where(Assist.day == today),
        "plans": select(Plan).where(Plan.weekday == today.isoweekday()),
    }


def _named(found: Mapping[str, Rows], pack: Pack) -> Rows:
    """The students of whom asks and stays speak, and who are not at hand yet."""
    rows_with_students = [*found["asks"].values(), *found["stays"].values()]
    missing = {int(row["student"]) for row in rows_with_students if row["student"] not in found["students"]}
    return _rows(select(Student).where(Student.id.in_(missing)), TABLES["students"], pack) if missing else NOTHING


def _refused(viewer: Viewer, pack: Pack) -> Rows:
    """A tablet lists what was refused of anybody holding it; browsers share one device, so each sees their own."""
    query = select(Operation).where(
        Operation.device_id == viewer.device, Operation.status == REFUSED, Operation.settled_at.is_(None)
    )
    query = query.where(Operation.by == viewer.staff) if viewer.device == BROWSER else query
    refused = (rows.refusal_row(operation, pack) for operation in db.session.scalars(query))
    return {row["id"]: row for row in refused if row is not None}


def _rows(query: Query, table: Table, pack: Pack) -> Rows:
    found: list[Any] = list(db.session.execute(query))
    if len(query.column_descriptions) == 1:
        found = [entity for (entity,) in found]
    wired = map(table.wire(found, pack), found)
    return {row["id"]: row for row in wired if row is not None}
