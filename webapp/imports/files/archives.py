"""ZIP files of strangers: nothing is unpacked to disk, and nothing before it is known to be small enough."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from webapp.imports.files.limits import Unfit
from webapp.imports.files.streams import DAMAGED

LARGEST_WORKBOOK = 100 * 1024 * 1024  # bytes once unpacked; a few packed ones can become any number
MOST_PARTS = 2_000  # files within one

SMALLER = "a smaller workbook, with fewer sheets or lines"
LOCKED = "a CSV file, or an XLSX workbook without a password"

_ENTRY = b"PK\x01\x02"  # begins each line of the list of contents
_ENCRYPTED = 0x1


@contextmanager
def opened(content: bytes) -> Iterator[ZipFile]:
    """The archive in these bytes. A part of it never becomes larger than the archive's list says, which is looked at
    here; `Unfit` for one that is damaged, locked, or would become too large."""
    # Counted before the list is read: of a long one each line takes a hundred times its size.
    if content.count(_ENTRY) > MOST_PARTS:
        raise Unfit(SMALLER)
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            yield archive
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error):
        raise Unfit(DAMAGED) from None


def _check(archive: ZipFile) -> None:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > LARGEST_WORKBOOK:
        raise Unfit(SMALLER)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unfit(LOCKED)
    # Other methods may ask for gigabytes before they unpack the first byte.
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Unfit(DAMAGED)


def part(archive: ZipFile, name: str) -> IO[bytes] | None:
    """A part to be read as a stream, if there is one of this name."""
    try:
        return archive.open(name)
    except KeyError:
        return None
