"""Operations as the log gives them back."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from webapp.models import Operation, db
from webapp.models.operation import APPLIED
from webapp.sync.log.aliases import Aliases, aliases, read_with


@dataclass(frozen=True, slots=True)
class Stored:
    """An applied operation, its body read, of the students who stand for those it names."""

    id: str
    seq: int
    device: str
    kind: str
    by: str
    at: datetime
    received: datetime
    base: int | None
    subject: str | None
    body: dict[str, Any]


def applied(kinds: Collection[str], *conditions: ColumnElement[bool]) -> Iterator[Stored]:
    """The applied operations of these kinds of which all this is true, in the school's order."""
    query = select(Operation).where(Operation.status == APPLIED, Operation.kind.in_(kinds), *conditions)
    known = aliases()
    for row in db.session.scalars(query.order_by(Operation.seq)):
        yield _stored(row, known)


def _stored(row: Operation, known: Aliases) -> Stored:
    return Stored(
        row.id,
        row.seq,
        row.device_id,
        row.kind,
        row.by,
        row.at,
        row.received,
        row.base,
        row.subject,
        read_with(known, row.kind, json.loads(row.body)),
    )
