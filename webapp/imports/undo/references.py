"""What refers to rows that an undone import would remove: it stands in the way, in words."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Table, select

from webapp.domain.footprint import Place
from webapp.imports.undo.snapshots import key_of
from webapp.models import AuditLine, Base, Operation, PartTime, Plan, Stay, db

WORDS = {
    "admission": "visits to the reward room",
    "apart": "students kept apart",
    "ask": "calls for a space",
    "attendance": "attendance",
    "award": "awards",
    "board_name": "a name on the hall board",
    "cap": "limits of a reward",
    "card": "a card",
    "contact": "contacts",
    "cover": "cover",
    "former_upn": "a former UPN",
    "lesson": "lessons",
    "option_choice": "options chosen",
    "part_time": "part-time timetables",
    "past_sign_in": "sign-ins on a tablet",
    "redemption": "things taken from the tuck shop",
    "responsibility": "who is in charge of them",
    "restraint": "records",
    "score": "marks",
    "sign_in": "sign-ins on a tablet",
    "spell": "an earlier time at the school",
    "stay": "stays in a space",
    "student": "students",
    "till": "a till that serves them",
    "timetable_entry": "the timetable",
}
"""What the rows of a table are called; of other tables, their own name."""

UNTOLD = ("level",)
"""Rows that only come with marks."""

BY_NAME = (
    ("staff", Operation.by, "entries they made"),
    ("staff", Plan.staff, "plans"),
    ("staff", Stay.staff, "stays in a space"),
    ("staff", AuditLine.by, "what they did at the desk"),
    ("period", PartTime.period, WORDS["part_time"]),
)
"""Where a row of a table is named without a foreign key."""


def references_to(places: Collection[Place], restored: Collection[Place] = ()) -> dict[Place, list[str]]:
    """What refers to each of these rows, but for rows that are among them or that will be as they were before."""
    found: defaultdict[Place, list[str]] = defaultdict(list)
    wanted = set(places)
    for table, value, what in _all({place.table for place in places}, wanted | set(restored)):
        place = Place(table, (value,))
        if place in wanted and what not in found[place]:
            found[place].append(what)
    return {place: words for place, words in found.items() if words}


def _all(tables: Collection[str], besides: Collection[Place]) -> Iterator[tuple[str, Any, str]]:
    """Every reference to a row of these tables: the table, its key, and what refers to it."""
    for table in Base.metadata.sorted_tables:
        if table.name not in UNTOLD:
            for key in table.foreign_keys:
                target = key.column.table.name
                if target in tables:
                    yield from ((target, value, _words(table)) for value in _referring(table, key.parent, besides))
    for named, column, what in BY_NAME:
        if named in tables:
            yield from ((named, value, what) for value in db.session.scalars(select(column).distinct()))
    if "student" in tables:
        yield from (("student", student, "plans") for student in _planned_students())


def _words(table: Table) -> str:
    return WORDS.get(table.name, table.name.replace("_", " "))


def _referring(table: Table, column: Any, besides: Collection[Place]) -> Iterable[Any]:
    """The keys that the rows of a table refer to in a column."""
    if not any(place.table == table.name for place in besides):
        return db.session.scalars(select(column).distinct())
    rows = db.session.execute(select(column, *(table.columns[name] for name in key_of(table))))
    return (value for value, *key in rows if Place(table.name, tuple(key)) not in besides)


def _planned_students() -> Iterator[int]:
    for students in db.session.scalars(select(Plan.students)):
        yield from map(int, json.loads(students))
