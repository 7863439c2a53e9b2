"""What refers to rows that an undone import would remove: it stands in the way, in words."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Table, select

from webapp.domain.footprint import Place
from webapp.imports.undo.snapshots import key_of
from webapp.models import AuditLine, Base, Cover, Lesson, Operation, PartTime, Period, Plan, Stay, TimetableEntry, db

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
    "guest": "lessons they come to as guests",
    "former_upn": "a former UPN",
    "lesson": "lessons",
    "membership": "classes",
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
    ("staff", Cover.absent_id, WORDS["cover"]),
)
"""Where a row of a table is named without a foreign key."""

IN_PERIODS = ((TimetableEntry.period, WORDS["timetable_entry"]), (PartTime.period, WORDS["part_time"]))
"""Where a period is named, of which the bell schedule may have several lines."""


def references_to(places: Collection[Place], restored: Collection[Place] = ()) -> dict[Place, list[str]]:
    """What refers to each of these rows, but for rows that are among them or that will be as they were before."""
    found: defaultdict[Place, list[str]] = defaultdict(list)
    wanted = set(places)
    tables = {place.table for place in places}
    named = [(Place(table, (value,)), what) for table, value, what in _all(tables, wanted | set(restored))]
    for place, what in (*named, *_in_periods(wanted, restored)):
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
    if "staff" in tables:
        yield from (("staff", person, WORDS["lesson"]) for person in set(_taken()))
    if "student" in tables:
        yield from (("student", student, "plans") for student in _planned_students())


def _in_periods(places: Collection[Place], restored: Collection[Place]) -> Iterator[tuple[Place, str]]:
    """What is in periods of which no line would be left."""
    going = Counter(place.key[0] for place in places if place.table == Period.__tablename__)
    lines = Counter(db.session.scalars(select(Period.name))) if going else Counter()
    back = {place.key[0] for place in restored if place.table == Period.__tablename__}
    lost = {name for name in going if lines[name] <= going[name]} - back
    for column, what in IN_PERIODS if lost else ():
        used = lost.intersection(db.session.scalars(select(column).distinct()))
        yield from ((one, what) for one in places if one.table == Period.__tablename__ and one.key[0] in used)


def _taken() -> Iterator[str]:
    """Who takes lessons with somebody else."""
    for model in (TimetableEntry, Lesson):
        for also in db.session.scalars(select(model.also).where(model.also != "[]").distinct()):
            yield from json.loads(also)


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
