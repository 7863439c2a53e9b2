"""Making the copy: a data folder of its own, filled row by row from one moment of the school.

Nothing but changed rows is ever written to it, so nothing of the school lies in its free pages or its journal.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, make_url, select

from webapp.backup import places
from webapp.backup.make import one_moment
from webapp.backup.shape import bring_to
from webapp.config import Settings, read_settings
from webapp.models import Base
from webapp.school import clock
from webapp.training.cast import Cast, draw
from webapp.training.columns import COLUMNS
from webapp.web.passwords import hash_password

AT_ONCE = 2_000  # rows


@dataclass(frozen=True, slots=True)
class Copy:
    """What was made: how many rows, everybody's password, and who signs in as what, by role."""

    rows: int
    password: str
    usernames: dict[str, str]


def fault_of(folder: Path, settings: Settings) -> str | None:
    """Why a copy cannot be made there, if so."""
    if folder.is_relative_to(settings.data):
        return "The copy must not lie in the school's own data folder, whose backups would hold it."
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return "There is something already. Name a folder that is new or empty."
    return None


def make_copy(folder: Path) -> Copy:
    """A copy in a folder that is new or empty; it appears whole, or OSError or DBAPIError says why it does not."""
    password = f"training-{secrets.token_hex(4)}"
    hashed = hash_password(password)
    with _new(folder), one_moment() as school:
        cast = draw(school, hashed)
        place = places.of(make_url(read_settings({"REACHABLE_DATA": str(folder)}).database_url))
        with places.filling(place) as engine:
            rows = _fill(engine, school, cast)
        place.swap(clock.now())
        return Copy(rows, password, _one_of_each_role(school, cast))


@contextmanager
def _new(folder: Path) -> Iterator[None]:
    """A folder that only its owner reads, and in which nothing is left if anything fails."""
    was_there = folder.exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for file in folder.iterdir():
            file.unlink()
        if not was_there:
            folder.rmdir()
        raise


def _fill(engine: Engine, school: Connection, cast: Cast) -> int:
    """Every table in the shape of today; how many rows."""
    with engine.connect() as connection:
        bring_to(connection, "head")
    with engine.begin() as copy:
        return sum(_fill_table(copy, school, Base.metadata.tables[name], cast) for name in _in_order())


def _in_order() -> list[str]:
    """The tables that are copied, those first that others speak of."""
    return [table.name for table in Base.metadata.sorted_tables if table.name in COLUMNS]


def _fill_table(copy: Connection, school: Connection, table: Table, cast: Cast) -> int:
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    count = 0
    for rows in school.execute(query).mappings().partitions():
        copy.execute(insert(table), [_changed(table.name, dict(row), cast) for row in rows])
        count += len(rows)
    return count


def _changed(table: str, row: dict[str, Any], cast: Cast) -> dict[str, Any]:
    return row | {column: treat(cast, row[column], row) for column, treat in COLUMNS[table].items()}


def _one_of_each_role(school: Connection, cast: Cast) -> dict[str, str]:
    staff = Base.metadata.tables["staff"]
    here = select(staff.c.role, staff.c.id).where(staff.c.left.is_(None))
    return {role: cast.staff[id] for role, id in school.execute(here)}
