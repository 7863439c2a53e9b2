"""Wire rows from the database: the few that a screen needs, as a tablet would hold them."""

from collections.abc import Callable, Mapping
from functools import partial
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
from webapp.sync.tables import reward_rows, rows, school_rows

Rows = dict[str, Any]
"""Rows of one table by their ids."""

ToWire = Callable[[Any, Pack], Any]
NOTHING: Rows = {}


def load(viewer: Viewer, **queries: Query) -> Tables:
    """The rows of these queries, named as their tables, and those of the school that every screen may name."""
    if the_school() is None:
        return cast(Tables, dict.fromkeys(["spaces", *_WIRE], NOTHING))
    pack = school_pack()
    wanted = _common() | queries | {"refusals": _refusals(viewer)}
    found = {name: _rows(wanted[name], wire, pack) if name in wanted else NOTHING for name, wire in _WIRE.items()}
    named = found["students"] | _named(found, pack)
    spaces = {row["id"]: row for row in school_rows.space_rows(pack)}
    return cast(Tables, found | {"spaces": spaces, "students": named})


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
    return _rows(select(Student).where(Student.id.in_(missing)), rows.student_row, pack) if missing else NOTHING


def _refusals(viewer: Viewer) -> Query:
    """A tablet lists what was refused of anybody holding it; browsers share one device, so each sees their own."""
    query = select(Operation).where(
        Operation.device_id == viewer.device, Operation.status == REFUSED, Operation.settled_at.is_(None)
    )
    return query.where(Operation.by == viewer.staff) if viewer.device == BROWSER else query


def _rows(query: Query, wire: ToWire, pack: Pack) -> Rows:
    found: list[Any] = list(db.session.execute(query))
    if len(query.column_descriptions) == 1:
        found = [entity for (entity,) in found]
    if wire is rows.level_row:
        wire = partial(rows.level_row, left=rows.tuck_left_of(found))  # looked up once for all
    wired = [wire(row, pack) for row in found]
    return {row["id"]: row for row in wired if row is not None}


_WIRE: dict[str, ToWire] = {
    "school": school_rows.school_row,
    "groups": rows.group_row,
    "staff": rows.staff_row,
    "students": rows.student_row,
    "lessons": rows.lesson_row,
    "scores": rows.score_row,
    "levels": rows.level_row,
    "caps": rows.cap_row,
    "asks": rows.ask_row,
    "stays": rows.stay_row,
    "assists": rows.assist_row,
    "plans": rows.plan_row,
    "apart": rows.apart_row,
    "refusals": rows.refusal_row,
    "cards": reward_rows.card_row,
    "items": reward_rows.item_row,
    "redemptions": reward_rows.redemption_row,
    "tills": reward_rows.till_row,
    "admissions": reward_rows.admission_row,
    "choices": reward_rows.choice_row,
    "awards": reward_rows.award_row,
}
