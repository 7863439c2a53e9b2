"""What a tablet has not seen yet: rows in the order of their last change."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, exists, literal, or_, select, union_all

from webapp import clock
from webapp.models import (
    Apart,
    Ask,
    Assist,
    Cap,
    Device,
    Group,
    Lesson,
    Level,
    Operation,
    Plan,
    School,
    Score,
    Space,
    Staff,
    Stay,
    Student,
    db,
)
from webapp.models.operation import REFUSED
from webapp.policies import Pack, load
from webapp.sync import rows
from webapp.sync.rows import Wire
from webapp.sync.window import Window, window_on

MOST_ROWS = 10_000
USUAL_ROWS = 1_000

FOLLOWED = (School, Group, Staff, Student, Cap, Lesson, Score, Level, Space, Ask, Stay, Assist, Plan, Apart)

WireRow = dict[str, Any]
Source = Callable[[int, int, Window, Pack], Iterator[WireRow]]


def pull(device: Device, since: int, limit: int, school: School) -> tuple[list[WireRow], int, bool]:
    """Rows changed after `since`, the cursor for the next call, and whether there are more.

    From 0, rows outside the window are left out; later they come as tombstones, since the tablet may hold them.
    """
    head = school.sequence
    if since >= head:
        return [], head, False
    found = _read([*_sources(device.duty), (Operation, _refusals_of(device.id))], since, limit, school)
    if len(found) > limit:
        return found[:limit], found[limit - 1]["rev"], True
    return found, head, False


def common_rows(since: int, limit: int, school: School) -> list[WireRow] | None:
    """What all staff's tablets miss since `since`; None if that is more than `limit` rows, or if something was refused
    meanwhile, which concerns one tablet alone."""
    refused = select(Operation.seq).where(Operation.status == REFUSED, Operation.rev > since)
    if db.session.scalar(refused.limit(1)) is not None:
        return None
    found = _read(_sources("floor"), since, limit, school)
    return found if len(found) <= limit else None


def _read(sources: list[tuple[Any, Source]], since: int, limit: int, school: School) -> list[WireRow]:
    """At most one more than `limit` rows, in the order of `rev`."""
    window, pack = window_on(clock.today()), load(school.policy)
    changed = _changed_since(since)
    read = [source for model, source in sources if model in changed]
    found = [row for source in read for row in source(since, limit + 1, window, pack)]
    # A writer may commit between two of these reads; what is above the head read first waits for the next call,
    # or a row below it in a table already read would be skipped.
    return sorted((row for row in found if row["rev"] <= school.sequence), key=itemgetter("rev"))[: limit + 1]


def _sources(duty: str) -> list[tuple[Any, Source]]:
    """What a tablet holds, each with the model whose changes it follows. A kiosk stands in the hall and holds nobody's
    data; staff's tablets hold what the floor needs."""
    school = (School, _plain(School, "school", lambda _row: "school", rows.school_row))
    if duty == "kiosk":
        return [school]
    return [
        school,
        (Group, _plain(Group, "groups", lambda group: group.id, rows.group_row)),
        (Staff, _plain(Staff, "staff", lambda staff: staff.id, rows.staff_row)),
        (Student, _plain(Student, "students", lambda student: str(student.id), rows.student_row)),
        (Cap, _plain(Cap, "caps", lambda cap: cap.id, rows.cap_row)),
        (Lesson, _lessons),
        (Score, _scores),
        (Level, _levels),
        (Space, _plain(Space, "spaces", lambda space: space.id, rows.space_row)),
        (Ask, _recent(Ask, "asks", rows.ask_row)),
        (Stay, _stays),
        (Assist, _recent(Assist, "assists", rows.assist_row)),
        (Plan, _plain(Plan, "plans", lambda plan: plan.id, rows.plan_row)),
        (Apart, _plain(Apart, "apart", lambda apart: apart.id, rows.apart_row)),
    ]


def _changed_since(since: int) -> set[Any]:
    """The models with rows above `since`, found in one question: forty tablets ask after every call, and mostly one
    or two tables have news."""
    names = set(db.session.scalars(_questions(), {"since": since}))
    return {Operation} | {model for model in FOLLOWED if model.__tablename__ in names}


@cache
def _questions() -> Any:
    since: Any = bindparam("since")
    return union_all(*(select(literal(m.__tablename__)).where(exists().where(m.rev > since)) for m in FOLLOWED))


def _plain(model: Any, table: str, name: Callable[[Any], str], wire: Callable[[Any, Pack], Any]) -> Source:
    """A table that tablets hold whole."""

    def source(since: int, limit: int, _window: Window, pack: Pack) -> Iterator[WireRow]:
        query = select(model).where(model.rev > since).order_by(model.rev).limit(limit)
        return _wire(table, db.session.scalars(query), name, lambda row: wire(row, pack))

    return source


def _stays(since: int, limit: int, window: Window, pack: Pack) -> Iterator[WireRow]:
    """Those of the window, and any that nobody ended, since only a tablet's page asks the question that ends it."""
    query = _changed(select(Stay), Stay, since, limit)
    if since == 0:
        query = query.where(or_(Stay.day.between(*window), Stay.left.is_(None)))
    return _wire(
        "stays",
        _in_order(db.session.scalars(query), since, limit),
        lambda stay: stay.id,
        lambda stay: rows.stay_row(stay, pack) if stay.left is None or window.holds_day(stay.day) else None,
    )


def _recent(model: Any, table: str, wire: Callable[[Any, Pack], Wire]) -> Source:
    """A table of which tablets hold the days of the window."""

    def source(since: int, limit: int, window: Window, pack: Pack) -> Iterator[WireRow]:
        query = _changed(select(model), model, since, limit)
        if since == 0:
            query = query.where(model.day.between(*window))
        return _wire(
            table,
            _in_order(db.session.scalars(query), since, limit),
            lambda row: str(row.id),
            lambda row: wire(row, pack) if window.holds_day(row.day) else None,
        )

    return source


def _lessons(since: int, limit: int, window: Window, pack: Pack) -> Iterator[WireRow]:
    query: Any = _changed(select(Lesson), Lesson, since, limit)
    if since == 0:
        query = query.where(Lesson.day.between(*window), ~Lesson.gone)
    return _wire(
        "lessons",
        _in_order(db.session.scalars(query), since, limit),
        lambda lesson: str(lesson.id),
        lambda lesson: rows.lesson_row(lesson, pack) if window.holds_day(lesson.day) else None,
    )


def _scores(since: int, limit: int, window: Window, pack: Pack) -> Iterator[WireRow]:
    columns = (
        Score.student_id,
        Score.lesson_id,
        Score.mark,
        Score.by,
        Score.at,
        Score.op,
        Score.rev,
        Lesson.day,
    )
    query: Any = select(*columns).join(Lesson, Lesson.id == Score.lesson_id)
    query = _changed(query, Score, since, limit)
    if since == 0:
        query = query.where(Lesson.day.between(*window))
    return _wire(
        "scores",
        _in_order(db.session.execute(query), since, limit),
        rows.score_id,
        lambda score: rows.score_row(score, pack) if window.holds_day(score.day) else None,
    )


def _levels(since: int, limit: int, window: Window, pack: Pack) -> Iterator[WireRow]:
    query: Any = _changed(select(*Level.__table__.columns), Level, since, limit)
    if since == 0:
        query = query.where(Level.week.between(*window.weeks()))
    return _wire(
        "levels",
        _in_order(db.session.execute(query), since, limit),
        rows.level_id,
        lambda level: rows.level_row(level, pack) if window.holds_week(level.week) else None,
    )


def _changed(query: Any, model: Any, since: int, limit: int) -> Any:
    """From 0 the window alone narrows the search: asked for the order of `rev` too, a database would walk all of
    history to find the few rows inside it. Later the order of `rev` is the short way."""
    return query.where(model.rev > since).order_by(model.rev).limit(limit) if since else query


def _in_order(found: Iterable[Any], since: int, limit: int) -> Iterable[Any]:
    return found if since else heapq.nsmallest(limit, found, key=lambda row: row.rev)


def _refusals_of(device_id: str) -> Source:
    """Refused operations of the tablet itself."""

    def source(since: int, limit: int, _window: Window, pack: Pack) -> Iterator[WireRow]:
        query = select(Operation).where(
            Operation.device_id == device_id, Operation.status == REFUSED, Operation.rev > since
        )
        if since == 0:
            query = query.where(Operation.settled_at.is_(None))
        found = db.session.scalars(query.order_by(Operation.rev).limit(limit))
        return _wire("refusals", found, lambda refused: refused.id, lambda refused: rows.refusal_row(refused, pack))

    return source


def _wire(
    table: str, found: Iterable[Any], name: Callable[[Any], str], data: Callable[[Any], Any]
) -> Iterator[WireRow]:
    for row in found:
        yield {"table": table, "id": name(row), "rev": row.rev, "data": data(row)}
