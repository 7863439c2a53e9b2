"""Operations as the log gives them back."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from webapp.models import Operation, db
from webapp.models.operation import APPLIED


@dataclass(frozen=True, slots=True)
class Stored:
    """An applied operation, its body read."""

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
    for row in db.session.scalars(query.order_by(Operation.seq)):
        yield _stored(row)


def _stored(row: Operation) -> Stored:
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
        json.loads(row.body),
    )
