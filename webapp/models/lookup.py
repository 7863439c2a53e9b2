"""Rows by their keys, for lists that name the same people again and again."""

from typing import Any, TypeVar

from webapp.models.base import Base, db

Row = TypeVar("Row", bound=Base)


def look_up(model: type[Row], key: Any) -> Row | None:
    """The row of this key; None if there is none. What was found is asked for once as long as the session lasts."""
    found: dict[Any, Any] = db.session.info.setdefault("looked_up", {})
    name = (model, key)
    if name not in found:
        found[name] = db.session.get(model, key)
    row: Row | None = found[name]
    return row
