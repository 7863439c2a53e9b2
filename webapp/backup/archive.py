"""The file of a backup: a ZIP with one file of JSON lines for each table, the school's own files, and a manifest.

It is the same on every database, and can be read without this program. A table's first line names its columns; the
manifest holds the number of rows and the SHA-256 of each.
"""

import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from webapp.domain.time.moment import as_utc

MANIFEST = "manifest.json"
FORMAT = 1
BASE64 = "base64"
LEFT_OUT = ("browser_session", "enrol_code", "lock_out", "set_up_link")
"""Tables of what is over in hours, and of sign-ins that must not rise from the dead."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `revision` is the shape of its tables, `made` the moment it shows; `tables` are
    [rows, SHA-256] in the order in which they can be filled, `files` SHA-256 by path."""

    format: int
    revision: str
    made: str
    school: str
    tables: dict[str, tuple[int, str]]
    files: dict[str, str]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())


class Unreadable(Exception):  # noqa: N818  # the file is at fault, and says so
    """The file is no whole backup; the message says why."""


def write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> tuple[int, str]:
    """Write one table; its number of rows and its hash."""
    digest, count = sha256(), 0
    order = list(table.primary_key.columns)
    with archive.open(_name(table.name), "w", force_zip64=True) as file:
        for count, line in enumerate(_lines(connection, table, order)):  # noqa: B007  # the first line is no row
            digest.update(line)
            file.write(line)
    return count, digest.hexdigest()


def _lines(connection: Connection, table: Table, order: list[Any]) -> Iterator[bytes]:
    yield _line([column.name for column in table.columns])
    query = select(table).order_by(*order).execution_options(yield_per=2_000)
    for row in connection.execute(query):
        yield _line([_plain(value) for value in row])


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    """A value as JSON has it. Moments look as SQLite holds them; bytes are an object, which no column else holds."""
    if isinstance(value, datetime):
        return as_utc(value).isoformat(timespec="microseconds")
    if isinstance(value, bytes):
        return {BASE64: b64encode(value).decode()}
    return value.isoformat() if isinstance(value, date) else value


def _whole(value: Any) -> Any:
    """What the database takes for a value of the file; it reads days and moments from text by itself."""
    return b64decode(value[BASE64]) if isinstance(value, dict) else value


def write_file(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    """Write one of the school's files; its hash."""
    content = path.read_bytes()
    archive.writestr(f"files/{name}", content)
    return sha256(content).hexdigest()


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(MANIFEST))
        manifest = Manifest(**said)
    except (KeyError, TypeError, ValueError):
        raise Unreadable("This is no backup of Reachable.") from None
    if manifest.format != FORMAT:
        raise Unreadable("This backup was made by a newer version of Reachable. Update first.")
    return manifest


def check(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read all of it, and compare with the manifest."""
    for table, (rows, digest) in manifest.tables.items():
        found, count = sha256(), -1
        with archive.open(_name(table)) as file:
            for line in file:
                found.update(line)
                count += 1
        if (count, found.hexdigest()) != (rows, digest):
            raise Unreadable(f"The backup is damaged: the table {table} is not what was written.")
    for name, digest in manifest.files.items():
        if sha256(archive.read(f"files/{name}")).hexdigest() != digest:
            raise Unreadable(f"The backup is damaged: the file {name} is not what was written.")


def read_table(archive: zipfile.ZipFile, table: str) -> Iterator[list[Any]]:
    """The names of the columns, then the rows."""
    with archive.open(_name(table)) as file:
        for line in file:
            yield [_whole(value) for value in json.loads(line)]


def _name(table: str) -> str:
    return f"tables/{table}.jsonl"
