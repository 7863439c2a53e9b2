"""When the school cannot store anything: a page or an answer that says so, instead of an error."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import InternalServerError

from webapp.web import errors


@dataclass(frozen=True, slots=True)
class Fault:
    """Why nothing can be stored. `what` happened, and what is `to_do` by whoever looks after the server."""

    reason: str
    status: int
    what: str
    to_do: str


FULL: Final = Fault(
    "disk-full",
    507,
    "The disk of the school’s server is full, so nothing new can be stored.",
    "Make room on the disk that holds the data folder. Nothing needs to be started again.",
)
READ_ONLY: Final = Fault(
    "read-only",
    503,
    "The school’s data can be read but not changed just now, so nothing new can be stored.",
    "See that the server may write to the data folder and the database in it.",
)
AWAY: Final = Fault(
    "database-away",
    503,
    "The school’s database cannot be reached just now, so nothing can be read or stored.",
    "See that the database runs and that its disk is sound, then try again.",
)
UNWRITTEN: Final = Fault(
    "cannot-write",
    507,
    "The school’s server could not write to its disk, so nothing new can be stored.",
    "See that the disk that holds the data folder has room and is sound, and that no limit on file sizes is set.",
)
BUSY: Final = Fault(
    "busy",
    503,
    "The school’s server has more to write than it gets done just now, so this was not stored. Try again in a moment.",
    "See what it is busy with if this lasts: a very large file that is being imported takes its time.",
)
CROWDED: Final = Fault(
    "crowded",
    503,
    "More people ask the school’s server at once than it can answer, so this was not looked at. Try again in a moment.",
    "See what keeps it busy if this lasts.",
)
KEPT: Final = "What was stored before is safe. Tablets keep what is recorded on them and send it later."

WRITING: Final = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)
OF_SQLITE: Final = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_IOERR: AWAY,
    sqlite3.SQLITE_BUSY: BUSY,
    **dict.fromkeys(WRITING, UNWRITTEN),
}
"""By SQLite's result code, where there is one for it by its extended code."""

OF_POSTGRESQL: Final = {"53100": FULL, "25006": READ_ONLY, "55P03": BUSY}
OF_SYSTEM: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EFBIG: UNWRITTEN,
    errno.EIO: UNWRITTEN,
}


def init_app(app: Flask) -> None:
    app.register_error_handler(InternalServerError, answer)


def fault_of(error: BaseException | None) -> Fault | None:
    """Which of these an error is, if any."""
    if isinstance(error, OSError):
        return OF_SYSTEM.get(error.errno or 0)
    if isinstance(error, NoConnection):
        return CROWDED  # every connection to the database is in use
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return OF_SQLITE.get(code) or OF_SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    return OF_POSTGRESQL.get(state) if state else AWAY if error.connection_invalidated or not state else None


@contextmanager
def where_possible() -> Iterator[None]:
    """For what is noted by the way when somebody reads: where nothing can be stored just now, it is left out."""
    try:
        yield
    except DBAPIError as error:
        if fault_of(error) is None:
            raise


def answer(error: InternalServerError) -> ResponseReturnValue:
    """What to say of an error nobody caught, and that is one of these or a mistake of the program."""
    fault = fault_of(error.original_exception)
    if fault is None:
        return errors.answer(error)
    if request.path.startswith("/sync/"):
        return jsonify(reason=fault.reason, detail=f"{fault.what} {KEPT}"), fault.status
    return render_template("storage.html", fault=fault, kept=KEPT), fault.status
