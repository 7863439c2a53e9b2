"""Rows as JSON can hold them: how the tables an import touches stand, and how rows are put back."""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, Date, Table, select

from webapp.domain.footprint import Image, Place, Snapshot, Touch
from webapp.models import db
from webapp.models.base import Base, Moment

REV = "rev"  # says when a row changed last, not what it holds

WIRE = {"group": "groups", "staff": "staff", "student": "students", "membership": "memberships"}
"""What tablets call the tables they hold of which rows can be removed."""
FOLLOWING = ("apart",)
"""Columns that follow from other rows, and may change whenever one of those does."""

# A line of the timetable or of the bells is known by what it is for, and so is the same one when it comes back. Of
# levels it is enough to know which there are: what they hold follows from the marks.
KEYS = {
    "timetable_entry": ("week", "weekday", "period", "group_id", "first"),
    "period": ("name", "days", "years", "first"),
}
KEYS_ONLY = {"level"}


def snapshot(*models: type[Base], where: Any = None) -> Snapshot:
    """How the rows of some tables stand."""
    db.session.flush()
    return {place: image for model in models for place, image in _rows(cast(Table, model.__table__), where)}


def _rows(table: Table, where: Any) -> Iterable[tuple[Place, Image]]:
    names = [column.name for column in columns_of(table)]
    places = [names.index(name) for name in key_of(table)]
    query = select(*columns_of(table))
    for row in db.session.execute(query if where is None else query.where(where)):
        values = [_held(value) for value in row]
        yield Place(table.name, tuple([values[place] for place in places])), dict(zip(names, values, strict=True))


def image_of(values: Mapping[str, Any]) -> Image:
    """Values of a row as JSON can hold them."""
    return {name: _held(value) for name, value in values.items()}


def row_image(row: Base) -> Image:
    """How one row stands."""
    return image_of({column.name: getattr(row, column.name) for column in columns_of(cast(Table, row.__table__))})


def _held(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@cache
def key_of(table: Table) -> tuple[str, ...]:
    """The columns a row of the table is known by."""
    return KEYS.get(table.name, tuple(column.name for column in table.primary_key))


@cache
def columns_of(table: Table) -> list[Column[Any]]:
    """The columns that say what a row holds."""
    if table.name in KEYS_ONLY:
        return list(table.primary_key)
    return [column for column in table.columns if column.name not in (REV, *FOLLOWING)]


def values_of(table: Table, image: Image) -> dict[str, Any]:
    """An image's columns as the database takes them."""
    return {name: value_of(table.columns[name], value) for name, value in image.items()}


def value_of(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def packed(touches: Iterable[Touch]) -> bytes:
    """Touches as they are kept: compressed, since a new timetable touches every lesson of a year."""
    rows = [(touch.place.table, touch.place.key, touch.before, touch.after) for touch in touches]
    return zlib.compress(json.dumps(rows).encode())


def unpacked(content: bytes) -> list[Touch]:
    """What `packed` has kept, once or several times, one after the other."""
    touches: list[Touch] = []
    while content:
        unpacker = zlib.decompressobj()
        rows = json.loads(unpacker.decompress(content))
        touches += [Touch(Place(table, tuple(key)), before, after) for table, key, before, after in rows]
        content = unpacker.unused_data
    return touches
