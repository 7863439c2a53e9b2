"""Answers are compressed for whoever asks: a tablet's first visit is mostly text, and a third smaller with Brotli."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import brotli
from flask import Flask, Response, request

LONG = 200_000  # bytes
LONGEST = 500_000  # bytes
SMALL = 500  # bytes; below this the header costs more than it saves
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    # A first pull is long and comes once, so it may take a little longer to pack.
    "br": lambda data: brotli.compress(data, quality=9 if len(data) > LONG else 6),
    "gzip": lambda data: gzip.compress(data, compresslevel=6, mtime=0),
}
PACKING = Lock()
UNCHANGING = ("static", "offline.worker")  # the same in every answer, until the next version
PACKABLE = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/manifest+json",
    "application/wasm",
    "image/svg+xml",
)


@lru_cache
def densest(packer: str, data: bytes) -> bytes:
    """With Brotli at its best, which takes half a second for the worker, and would take ten for the reader of codes."""
    if packer == "br" and len(data) <= LONGEST:
        return brotli.compress(data, quality=11)
    return PACKERS[packer](data)


def init_app(app: Flask) -> None:
    app.after_request(compress)


def compress(response: Response) -> Response:
    response.vary.add("Accept-Encoding")
    packer = next((name for name in PACKERS if request.accept_encodings[name] > 0), None)
    if packer is None or not _worth_it(response):
        return response
    response.direct_passthrough = False
    data = response.get_data()
    response.set_data(_packed_once(packer, data) if request.endpoint in UNCHANGING else PACKERS[packer](data))
    response.headers["Content-Encoding"] = packer
    return response


def _packed_once(packer: str, data: bytes) -> bytes:
    """What never changes, whoever asks how often, and however many at the same moment."""
    with PACKING:
        return densest(packer, data)


def _worth_it(response: Response) -> bool:
    return (
        response.mimetype in PACKABLE
        and response.status_code == 200
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= SMALL
    )
