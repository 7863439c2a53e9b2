"""Putting a backup back: a new database is filled beside the old one, and takes its place once it is whole."""

import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text, update

from webapp.backup import archive, ended, places
from webapp.backup.archive import Manifest, Unreadable
from webapp.backup.ended import Known
from webapp.backup.places import Place
from webapp.backup.shape import bring_to, is_known
from webapp.config import Settings
from webapp.models import Restoration, School, db
from webapp.school import audit, clock
from webapp.sync.log.revisions import writing

EVENT = "school.restore"
KEY = "secret_key"
AT_ONCE = 1_000  # rows


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the database it replaced is kept, if there was one."""

    manifest: Manifest
    replaced: str | None


def restore(file: Path, settings: Settings) -> Restored:
    """Put a backup back; raises Unreadable, and changes nothing, if it is not whole or not ours to read."""
    with _opened(file) as backup:
        manifest = archive.read_manifest(backup)
        if not is_known(manifest.revision):
            raise Unreadable("This backup was made by a newer version of Reachable. Update first.")
        archive.check(backup, manifest)
        known = ended.read()
        db.session.remove()
        db.engine.dispose()
        place = places.of(db.engine.url)
        _fill(place, backup, manifest, known)
        _put_files(backup, manifest, settings.data)
    replaced = place.swap(clock.now())
    with writing():
        audit.note(EVENT, file=file.name, made=manifest.made)
    return Restored(manifest, replaced)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as backup:
            yield backup
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(f"The backup cannot be read: {error}.") from None


def _fill(place: Place, backup: zipfile.ZipFile, manifest: Manifest, known: Known) -> None:
    """Fill the new database in the shape the backup has, then bring it to today's."""
    with places.filling(place) as engine:
        with engine.connect() as connection:
            bring_to(connection, manifest.revision)
        with engine.begin() as connection:
            for table in manifest.tables:
                _fill_table(connection, backup, table)
        with engine.connect() as connection:
            bring_to(connection, "head")
        with engine.begin() as connection:
            _begin_anew(connection, manifest, known)


def _fill_table(connection: Connection, backup: zipfile.ZipFile, table: str) -> None:
    lines = archive.read_table(backup, table)
    columns = next(lines)
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column) for column in columns)
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({', '.join([mark] * len(columns))})"
    while rows := [tuple(row) for row in islice(lines, AT_ONCE)]:
        connection.exec_driver_sql(statement, rows)
    if connection.dialect.name == "postgresql":
        _count_on(connection, table, columns)


def _count_on(connection: Connection, table: str, columns: list[Any]) -> None:
    """PostgreSQL goes on numbering after the rows there are."""
    quote = connection.dialect.identifier_preparer.quote
    for column in columns:
        found = connection.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": quote(table), "c": column})
        if (sequence := found.scalar()) is not None:
            newest = f"(SELECT max({quote(column)}) FROM {quote(table)})"
            connection.execute(text(f"SELECT setval('{sequence}', {newest}) WHERE {newest} IS NOT NULL"))


def _begin_anew(connection: Connection, manifest: Manifest, known: Known) -> None:
    """A new epoch, by which tablets notice; a note of the time for which they bring back what was lost; and what was
    over stays over."""
    connection.execute(update(School).values(epoch=secrets.token_hex(8)))
    made = datetime.fromisoformat(manifest.made)
    connection.execute(insert(Restoration).values(at=clock.now(), made=made))
    ended.keep_ended(connection, known, clock.now())


def _put_files(backup: zipfile.ZipFile, manifest: Manifest, data: Path) -> None:
    """The files that are missing. One that is there stays, but for the key that seals secrets of the database."""
    for name in manifest.files:
        path, content = (data / name).resolve(), backup.read(f"files/{name}")
        if name == KEY and path.exists() and path.read_bytes() != content:
            path.rename(data / f"{KEY}.replaced")
        if path.is_relative_to(data) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(content)
