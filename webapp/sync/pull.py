"""What a tablet has not seen yet: rows in the order of their last change."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

from sqlalchemy import select

from webapp import clock
from webapp.models import Cap, Device, Group, Lesson, Level, Operation, School, Score, Staff, Student, db
from webapp.models.operation import REFUSED
from webapp.policies import Pack
from webapp.school import school_pack
from webapp.sync import rows
from webapp.sync.window import Window, window_on

MOST_ROWS = 10_000
USUAL_ROWS = 1_000

WireRow = dict[str, Any]
Source = Callable[[int, int, Window, Pack], Iterator[WireRow]]


def pull(device: Device, since: int, limit: int, head: int) -> tuple[list[WireRow], int, bool]:
    """Rows changed after `since`, the cursor for the next call, and whether there are more.

    From 0, rows outside the window are left out; later they come as tombstones, since the tablet may hold them.
    """
    if since >= head:
        return [], head, False
    window, pack = window_on(clock.today()), school_pack()
    found = [row for source in _sources(device) for row in source(since, limit + 1, window, pack)]
    # A writer may commit between two of these reads; what is above the head read first waits for the next call,
    # or a row below it in a table already read would be skipped.
    found = sorted((row for row in found if row["rev"] <= head), key=itemgetter("rev"))[: limit + 1]
    if len(found) > limit:
        return found[:limit], found[limit - 1]["rev"], True
    return found, head, False


def _sources(device: Device) -> list[Source]:
    """A kiosk stands in the hall and holds nobody's data; staff's tablets hold what the floor needs."""
    school = _plain(School, "school", lambda _row: "school", rows.school_row)
    if device.duty == "kiosk":
        return [school]
    return [
        school,
        _plain(Group, "groups", lambda group: group.id, rows.group_row),
        _plain(Staff, "staff", lambda staff: staff.id, rows.staff_row),
        _plain(Student, "students", lambda student: str(student.id), rows.student_row),
        _plain(Cap, "caps", lambda cap: cap.id, rows.cap_row),
        _lessons,
        _scores,
        _levels,
        _refusals_of(device.id),
    ]


def _plain(model: Any, table: str, name: Callable[[Any], str], wire: Callable[[Any, Pack], Any]) -> Source:
    """A table that tablets hold whole."""

    def source(since: int, limit: int, _window: Window, pack: Pack) -> Iterator[WireRow]:
        query = select(model).where(model.rev > since).order_by(model.rev).limit(limit)
        return _wire(table, db.session.scalars(query), name, lambda row: wire(row, pack))

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
