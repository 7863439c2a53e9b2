"""When the school cannot store anything: a page or an answer that says so, instead of an error."""

import errno
from dataclasses import dataclass
from typing import Final

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import InternalServerError


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
KEPT: Final = "What was stored before is safe. Tablets keep what is recorded on them and send it later."

OF_SQLITE: Final = {13: FULL, 8: READ_ONLY, 14: AWAY, 10: AWAY}
"""By SQLite's result code: FULL, READONLY, CANTOPEN, IOERR."""

OF_POSTGRESQL: Final = {"53100": FULL, "25006": READ_ONLY}
OF_SYSTEM: Final = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY}


def init_app(app: Flask) -> None:
    app.register_error_handler(InternalServerError, answer)


def fault_of(error: BaseException | None) -> Fault | None:
    """Which of these an error is, if any."""
    if isinstance(error, OSError):
        return OF_SYSTEM.get(error.errno or 0)
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return OF_SQLITE.get(code & 0xFF)  # the upper bits tell more than is needed
    state = getattr(error.orig, "sqlstate", None)
    return OF_POSTGRESQL.get(state) if state else AWAY if error.connection_invalidated or not state else None


def answer(error: InternalServerError) -> ResponseReturnValue:
    """What to say of an error nobody caught; one that is none of these stays what it is."""
    fault = fault_of(error.original_exception)
    if fault is None:
        return error
    if request.path.startswith("/sync/"):
        return jsonify(reason=fault.reason, detail=f"{fault.what} {KEPT}"), fault.status
    return render_template("storage.html", fault=fault, kept=KEPT), fault.status
