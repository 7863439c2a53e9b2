"""A request is answered once all of it is there: whoever sends slowly keeps the school from nothing but a thread.

`serve` hands out nothing but whole requests (cli/patient.py). This keeps the promise under any server, and holds within
the application: no database is asked, nothing is parsed and nothing locked before the last byte has come.
"""

import io
from collections.abc import Iterable
from typing import Any, Final

from flask import Flask

MOST: Final = 16 * 1024 * 1024
"""Bytes a request may have; what is longer is refused unread."""

CUT_SHORT: Final = b"The request ended before all of it was there. Nothing was changed.\n"


def init_app(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = MOST
    app.wsgi_app = Whole(app.wsgi_app)  # type: ignore[method-assign]


class Whole:
    """WSGI around an application, which finds the body in memory."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = _told(environ)
        if told is None or told <= MOST:
            body = environ["wsgi.input"].read(MOST + 1 if told is None else told)
            if told is not None and len(body) < told:
                return _cut_short(start_response)
            environ["CONTENT_LENGTH"] = str(len(body))
        else:
            body = b""  # Flask refuses it by its length as soon as somebody wants to read it
        environ["wsgi.input"] = io.BytesIO(body)
        result: Iterable[bytes] = self._app(environ, start_response)
        return result


def _told(environ: dict[str, Any]) -> int | None:
    """How long the body is said to be; None where it ends by itself, 0 where there is none."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isascii() and length.isdecimal():
        return int(length[:20])
    return None if environ.get("wsgi.input_terminated") else 0


def _cut_short(start_response: Any) -> Iterable[bytes]:
    start_response("400 BAD REQUEST", [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
    return [CUT_SHORT]
