"""Making a backup while the school works."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from webapp.backup import archive
from webapp.backup.archive import LEFT_OUT, Manifest
from webapp.backup.shape import revision_of
from webapp.config import Settings
from webapp.domain.time.moment import instant
from webapp.models import Base, School, db
from webapp.school import audit, clock
from webapp.sync.log.revisions import writing
from webapp.web.health import BACKUP

FOLDER = "backups"
PATTERN = "reachable-*.zip"


def usual_file(settings: Settings, now: datetime) -> Path:
    """Where a backup goes unless said: into the data folder, by the school's date and time."""
    return settings.data / FOLDER / f"reachable-{now.astimezone(clock.SCHOOL_ZONE):%Y-%m-%d-%H%M%S}.zip"


def make(file: Path, settings: Settings) -> Manifest:
    """Write a backup to a file, which appears whole, checked and readable by its owner only, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        manifest = _write(draft, settings)
        with zipfile.ZipFile(draft) as written:
            archive.check(written, archive.read_manifest(written))
        _sync(draft)
        draft.rename(file)
        _sync(file.parent)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def note_made(file: Path) -> None:
    with writing():
        audit.note(BACKUP, file=file.name)


def keep_newest(folder: Path, most: int) -> list[Path]:
    """Delete all but the newest backups of a folder; those deleted."""
    old = sorted(folder.glob(PATTERN), reverse=True)[most:]
    for file in old:
        with suppress(FileNotFoundError):
            file.unlink()
    return old


def _write(draft: Path, settings: Settings) -> Manifest:
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as written, one_moment() as connection:
        manifest = _write_all(written, connection, settings)
        archive.write_manifest(written, manifest)
    return manifest


@contextmanager
def one_moment() -> Iterator[Connection]:
    """A connection that shows the school as it is at its first look, whatever is written meanwhile."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _write_all(written: zipfile.ZipFile, connection: Connection, settings: Settings) -> Manifest:
    """All tables as they are in one transaction: what is written meanwhile is not in it."""
    made = instant(clock.now())  # before the first look, so that nothing later is taken to be in it
    school = connection.execute(School.__table__.select()).one()
    tables = {
        table.name: archive.write_table(written, connection, table)
        for table in Base.metadata.sorted_tables
        if table.name not in LEFT_OUT
    }
    files = {name: archive.write_file(written, settings.data / name, name) for name in _files(settings.data)}
    return Manifest(archive.FORMAT, revision_of(connection), made, school.name, tables, files)


def _files(data: Path) -> list[str]:
    """The school's own files beside the database: what signs sessions, and photos."""
    found = [data / "secret_key", *sorted((data / "photos").glob("*"))]
    return [file.relative_to(data).as_posix() for file in found if file.is_file()]


def _sync(path: Path) -> None:
    """Wait until the disk has it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
