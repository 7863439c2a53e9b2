"""Rows that each follow from operations of their own, compared with what the log says."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import select

from webapp.models import Apart, Plan, db
from webapp.sync.sequence import Sequence as Numbers

Row = TypeVar("Row", Plan, Apart)


def put_right(model: type[Row], wanted: Mapping[str, dict[str, Any]], numbers: Numbers) -> int:
    """Bring a table in line with the values wanted, by id; how many of its rows were wrong."""
    standing = {row.id: row for row in db.session.scalars(select(model))}
    wrong = [values for key, values in wanted.items() if _differs(standing.get(key), values)]
    strays = standing.keys() - wanted.keys()
    for values in wrong:
        db.session.merge(model(**values, rev=numbers.next()))
    for key in strays:
        db.session.delete(standing[key])
    db.session.flush()
    return len(wrong) + len(strays)


def _differs(row: Plan | Apart | None, values: Mapping[str, Any]) -> bool:
    return row is None or any(getattr(row, name) != value for name, value in values.items())
