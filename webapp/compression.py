"""Answers are sent gzipped to whoever asks: a tablet's first visit is mostly text."""

import gzip

from flask import Flask, Response, request

SMALL = 500  # bytes; below this the header costs more than it saves
PACKABLE = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
)


def init_app(app: Flask) -> None:
    app.after_request(compress)


def compress(response: Response) -> Response:
    response.vary.add("Accept-Encoding")
    if not _worth_it(response):
        return response
    response.direct_passthrough = False
    response.set_data(gzip.compress(response.get_data(), compresslevel=6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _worth_it(response: Response) -> bool:
    return (
        request.accept_encodings["gzip"] > 0
        and response.mimetype in PACKABLE
        and response.status_code == 200
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= SMALL
    )
