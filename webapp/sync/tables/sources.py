"""Where the rows that tablets hold come from: for each table, what changed and which of it a tablet may have."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from sqlalchemy import or_, select

from webapp.domain.access.duties import DUTIES, SCHOOL_ALONE
from webapp.models import (
    Admission,
    Apart,
    Ask,
    Assist,
    Award,
    Cap,
    Card,
    Group,
    Item,
    Lesson,
    Level,
    Operation,
    OptionChoice,
    Overturned,
    Plan,
    Redemption,
    School,
    Score,
    Space,
    Staff,
    Stay,
    Student,
    Till,
    Tombstone,
    db,
)
from webapp.models.operation import REFUSED
from webapp.policies import Pack
from webapp.school import clock
from webapp.sync.tables import reward_rows, rows, school_rows
from webapp.sync.tables.window import Window

REFUSALS = "refusals"
"""The table of what was refused, of which a tablet holds its own."""

WireRow = dict[str, Any]
Source = Callable[[int, int, Window, Pack], Iterator[WireRow]]
"""The rows of one table changed since a number, at most so many of them."""


def sources_for(duty: str, device: str = "") -> list[tuple[Any, Source]]:
    """What a tablet of a duty holds, each with the model whose changes it follows, and what concerns that device alone.
    Rows that are gone are told of the tables it hears."""
    hears = DUTIES[duty].hears
    found = [source for table, source in _tables().items() if table in hears]
    if REFUSALS in hears and device:
        found += [(Operation, refusals_of(device)), (Overturned, overturned_of(device))]
    return [*found, (Tombstone, partial(_tombstones, hears))] if hears > SCHOOL_ALONE else found


@cache
def _tables() -> dict[str, tuple[Any, Source]]:
    """Every table that tablets can hold."""
    return {
        "school": (School, _plain(School, "school", lambda _row: "school", school_rows.school_row)),
        "groups": (Group, _plain(Group, "groups", lambda group: group.id, rows.group_row)),
        "staff": (Staff, _plain(Staff, "staff", lambda staff: staff.id, rows.staff_row)),
        "students": (Student, _students),
        "caps": (Cap, _plain(Cap, "caps", lambda cap: cap.id, rows.cap_row)),
        "lessons": (Lesson, _lessons),
        "scores": (Score, _scores),
        "levels": (Level, _levels),
        "spaces": (Space, _plain(Space, "spaces", lambda space: space.id, school_rows.space_row)),
        "asks": (Ask, _recent(Ask, "asks", rows.ask_row)),
        "stays": (Stay, _stays),
        "assists": (Assist, _recent(Assist, "assists", rows.assist_row)),
        "plans": (Plan, _plain(Plan, "plans", lambda plan: plan.id, rows.plan_row)),
        "apart": (Apart, _plain(Apart, "apart", lambda apart: apart.id, rows.apart_row)),
        "cards": (Card, _plain(Card, "cards", lambda card: str(card.student_id), reward_rows.card_row)),
        "items": (Item, _plain(Item, "items", lambda item: item.id, reward_rows.item_row)),
        "redemptions": (Redemption, _recent(Redemption, "redemptions", reward_rows.redemption_row)),
        "tills": (Till, _plain(Till, "tills", lambda till: till.group_id, reward_rows.till_row)),
        "admissions": (Admission, _recent(Admission, "admissions", reward_rows.admission_row)),
        "choices": (OptionChoice, _choices),
        "awards": (Award, _plain(Award, "awards", lambda award: award.id, reward_rows.award_row)),
    }


def _plain(model: Any, table: str, name: Callable[[Any], str], wire: Callable[[Any, Pack], Any]) -> Source:
    """A table that tablets hold whole."""

    def source(since: int, limit: int, _window: Window, pack: Pack) -> Iterator[WireRow]:
        query = select(model).where(model.rev > since).order_by(model.rev).limit(limit)
        return _wire(table, db.session.scalars(query), name, lambda row: wire(row, pack))

    return source


def _students(since: int, limit: int, _window: Window, pack: Pack) -> Iterator[WireRow]:
    """Without those who had left when a tablet first asked."""
    query: Any = select(Student).where(Student.rev > since).order_by(Student.rev).limit(limit)
    if since == 0:
        query = query.where(or_(Student.left.is_(None), Student.left > clock.today()))
    found = db.session.scalars(query)
    return _wire("students", found, lambda student: str(student.id), lambda student: rows.student_row(student, pack))


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


def _recent(model: Any, table: str, wire: Callable[[Any, Pack], Any]) -> Source:
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
    found = list(_in_order(db.session.execute(query), since, limit))
    left = rows.tuck_left_of(found)
    return _wire(
        "levels",
        found,
        rows.level_id,
        lambda level: rows.level_row(level, pack, left) if window.holds_week(level.week) else None,
    )


def _choices(since: int, limit: int, window: Window, pack: Pack) -> Iterator[WireRow]:
    query = _changed(select(OptionChoice), OptionChoice, since, limit)
    if since == 0:
        query = query.where(OptionChoice.week.between(*window.weeks()))
    return _wire(
        "choices",
        _in_order(db.session.scalars(query), since, limit),
        reward_rows.choice_id,
        lambda choice: reward_rows.choice_row(choice, pack) if window.holds_week(choice.week) else None,
    )


def _tombstones(hears: frozenset[str], since: int, limit: int, _window: Window, _pack: Pack) -> Iterator[WireRow]:
    """Rows that are no more. Whoever begins from nothing does not hold them."""
    if since:
        known = Tombstone.table.in_(hears), Tombstone.rev > since
        query = select(Tombstone).where(*known).order_by(Tombstone.rev).limit(limit)
        for stone in db.session.scalars(query):
            yield {"table": stone.table, "id": stone.row, "rev": stone.rev, "data": None}


def _changed(query: Any, model: Any, since: int, limit: int) -> Any:
    """From 0 the window alone narrows the search: asked for the order of `rev` too, a database would walk all of
    history to find the few rows inside it. Later the order of `rev` is the short way."""
    return query.where(model.rev > since).order_by(model.rev).limit(limit) if since else query


def _in_order(found: Iterable[Any], since: int, limit: int) -> Iterable[Any]:
    return found if since else heapq.nsmallest(limit, found, key=lambda row: row.rev)


def overturned_of(device_id: str) -> Source:
    """Operations of the tablet that are refused no longer; from 0 it has none of them on its list."""

    def source(since: int, limit: int, _window: Window, _pack: Pack) -> Iterator[WireRow]:
        query = select(Overturned).where(Overturned.device_id == device_id, Overturned.rev > since)
        found: Iterable[Overturned] = db.session.scalars(query.order_by(Overturned.rev).limit(limit)) if since else []
        return _wire("refusals", found, lambda overturned: overturned.operation, lambda _: None)

    return source


def refusals_of(device_id: str) -> Source:
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
