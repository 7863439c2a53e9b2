"""Where the rows that tablets hold come from: for each table, what changed and which of it a tablet may have."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from webapp.domain.access.duties import is_staffed
from webapp.models import Operation, Overturned, Tombstone, db
from webapp.models.operation import REFUSED
from webapp.policies import Pack
from webapp.sync.tables import rows
from webapp.sync.tables.replicated import REFUSALS, TABLES, heard_by
from webapp.sync.tables.replication import Source, WireRow
from webapp.sync.tables.window import Window


def sources_for(duty: str, device: str = "") -> list[tuple[Any, Source]]:
    """What a tablet of a duty holds, each with the model whose changes it follows, and what concerns that device alone.
    Rows that are gone are told of the tables it hears."""
    hears = heard_by(duty)
    found: list[tuple[Any, Source]] = [(table.model, table.source) for table in TABLES.values() if table.name in hears]
    if REFUSALS in hears and device:
        found += [(Operation, refusals_of(device)), (Overturned, overturned_of(device))]
    return [*found, (Tombstone, partial(_tombstones, hears))] if is_staffed(duty) else found


def _tombstones(hears: frozenset[str], since: int, limit: int, _window: Window, _pack: Pack) -> Iterator[WireRow]:
    """Rows that are no more. Whoever begins from nothing does not hold them."""
    if since:
        known = Tombstone.table.in_(hears), Tombstone.rev > since
        query = select(Tombstone).where(*known).order_by(Tombstone.rev).limit(limit)
        for stone in db.session.scalars(query):
            yield {"table": stone.table, "id": stone.row, "rev": stone.rev, "data": None}


def overturned_of(device_id: str) -> Source:
    """Operations of the tablet that are refused no longer; from 0 it has none of them on its list."""

    def source(since: int, limit: int, _window: Window, _pack: Pack) -> Iterator[WireRow]:
        query = select(Overturned).where(Overturned.device_id == device_id, Overturned.rev > since)
        found: Iterable[Overturned] = db.session.scalars(query.order_by(Overturned.rev).limit(limit)) if since else []
        return _wire(found, lambda overturned: overturned.operation, lambda _: None)

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
        return _wire(found, lambda refused: refused.id, lambda refused: rows.refusal_row(refused, pack))

    return source


def _wire(found: Iterable[Any], name: Callable[[Any], str], data: Callable[[Any], Any]) -> Iterator[WireRow]:
    for row in found:
        yield {"table": REFUSALS, "id": name(row), "rev": row.rev, "data": data(row)}
