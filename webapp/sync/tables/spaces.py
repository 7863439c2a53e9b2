"""The reflection spaces as tables: what operations speak of is read into a book, and what changed is written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from webapp.domain.spaces.book import LIVE, Ask, Assist, Book, Event, Facts, Stay
from webapp.domain.spaces.reducer import settle
from webapp.domain.time.moment import SLACK, parse_instant
from webapp.models import Ask as AskRow
from webapp.models import Assist as AssistRow
from webapp.models import Restraint, Staff, Student, db, insert_rows
from webapp.models import Stay as StayRow
from webapp.school import clock
from webapp.school.clock import day_end, local_date
from webapp.school.school import school_packs
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter, writing
from webapp.sync.operations.ids import operation as operation_id
from webapp.sync.operations.stored import Stored
from webapp.web.storage import where_possible

MODELS: dict[type, Any] = {Ask: AskRow, Stay: StayRow, Assist: AssistRow}
LISTS = ("acks", "helped")

Row = Ask | Stay | Assist


def event_of(operation: Entry | Stored) -> Event:
    """An operation with the day it speaks of."""
    when = parse_instant(operation.body.get("when"))
    moment = min(when, operation.at) if when else operation.at
    day = local_date(moment)
    return Event(
        operation.id,
        operation.seq,
        operation.kind,
        operation.by,
        operation.at,
        operation.received,
        operation.body,
        moment,
        day,
        day_end(day),
        getattr(operation, "ahead", False) or (when is not None and when - operation.at > SLACK),
    )


def facts(events: Iterable[Event] | None = None) -> Facts:
    """What the school knows; of people only those that the operations name, where they are given."""
    packs = school_packs()
    calls = packs.at(clock.now()).calls
    students, staff = select(Student.id), select(Staff.id)
    if events is not None:
        named = {str(one.body.get("student")) for one in events}
        students = students.where(Student.id.in_({int(name) for name in named if _is_id(name)}))
    return Facts(
        {space.key: space.capacity for space in calls.spaces},
        lambda moment: packs.at(moment).calls.lapse,
        [reason.key for reason in calls.reasons],
        [use.key for use in calls.never],
        [strategy.key for strategy in calls.strategies],
        {str(key) for key in db.session.scalars(students)},
        set(db.session.scalars(staff)),
    )


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) < 10


def load(events: Sequence[Event], now: datetime) -> Book:
    """The live asks, the rows that operations name, and the whole days of stays that they touch."""
    names = {name for one in events for value in one.body.values() if (name := operation_id(value))}
    days = {local_date(now)} | {one.day for one in events}
    days |= set(db.session.scalars(select(StayRow.day).where(StayRow.id.in_(names))))
    days |= set(db.session.scalars(select(AskRow.day).where(AskRow.status.in_(LIVE))))
    queries: Mapping[type, Any] = {
        Ask: or_(AskRow.status.in_(LIVE), AskRow.id.in_(names)),
        Stay: StayRow.day.in_(days),
        Assist: AssistRow.id.in_(names),
    }
    book = Book()
    for kind, condition in queries.items():
        for row in db.session.scalars(select(MODELS[kind]).where(condition).order_by(MODELS[kind].seq)):
            book.add(_read(kind, row))
    return book


def read_all() -> dict[str, Row]:
    """Every row there is, by id."""
    return {row.id: _read(kind, row) for kind, model in MODELS.items() for row in db.session.scalars(select(model))}


def _read(kind: type, row: Any) -> Row:
    values = {field.name: getattr(row, field.name) for field in fields(kind)}
    for name in LISTS:
        if name in values:
            values[name] = tuple(tuple(item) if isinstance(item, list) else item for item in json.loads(values[name]))
    found: Row = kind(**values)
    return found


def snapshot(rows: Iterable[Row]) -> dict[str, tuple[Any, ...]]:
    """Rows as values, to see later which of them changed."""
    return {row.id: astuple(row) for row in rows}


def everything(book: Book) -> list[Row]:
    return [*book.asks.values(), *book.stays.values(), *book.assists.values()]


def save(rows: Iterable[Row], before: Mapping[str, tuple[Any, ...]], revs: RevCounter) -> int:
    """Write the rows that are not as they were before; how many."""
    changed = [row for row in rows if before.get(row.id) != astuple(row)]
    values = [(MODELS[type(row)], _written(row) | {"rev": revs.next()}) for row in changed]
    for model in MODELS.values():
        mine = [row for kind, row in values if kind is model]
        insert_rows(model, [row for row in mine if row["id"] not in before])
        known = [row for row in mine if row["id"] in before]
        if known:
            db.session.execute(update(model), known)
    return len(changed)


def _written(row: Row) -> dict[str, Any]:
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return values | {name: json.dumps(values[name]) for name in LISTS if name in values}


def draft_records(stays: Iterable[Stay]) -> int:
    """A draft of the record for every stay that the student was not free to leave (D9); how many were not right."""
    return sum(_draft_record(stay) for stay in stays if stay.free_to_leave is False)


def _draft_record(stay: Stay) -> bool:
    """Whether it was missing or said anything else. Who completed it, and when, is not for the stay to say."""
    assert stay.left is not None
    record = db.session.get(Restraint, stay.id) or Restraint(id=stay.id)
    wanted = (stay.student, stay.left, stay.left_by, local_date(stay.left))
    if (record.student, record.opened, record.opened_by, record.due) == wanted:
        return False
    record.student, record.opened, record.opened_by, record.due = wanted  # type: ignore[assignment]
    db.session.add(record)
    db.session.flush()
    return True


def advance() -> None:
    """Let time pass: a place held in vain goes to whoever waits. Asked before rows are read; mostly nothing is due."""
    now = clock.now()
    due = select(AskRow.id).where(AskRow.status.in_(LIVE), or_(AskRow.until <= now, AskRow.ends <= now))
    if db.session.scalar(due.limit(1)) is None:
        return
    with where_possible(), writing() as revs:
        book = load([], now)
        before = snapshot(everything(book))
        settle(book, now, facts([]))
        save(everything(book), before, revs)
