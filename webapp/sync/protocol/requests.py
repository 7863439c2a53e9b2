"""Bodies of requests: possibly gzipped, never larger than allowed once unpacked."""

import zlib

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.sync.protocol.wire import Malformed

GZIP = 16 + zlib.MAX_WBITS


def body(most: int) -> bytes | Malformed:
    """The unpacked bytes of the request, of which there may be `most`."""
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _too_large(most)
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding == "gzip":
        return _unpack(data, most)
    if encoding != "identity":
        return Malformed(400, "Content-Encoding: expected gzip or none")
    return data if len(data) <= most else _too_large(most)


def _too_large(most: int) -> Malformed:
    return Malformed(413, f"expected at most {most} bytes, unpacked")


def _unpack(data: bytes, most: int) -> bytes | Malformed:
    unpacker = zlib.decompressobj(GZIP)
    try:
        unpacked = unpacker.decompress(data, most + 1)
    except zlib.error:
        return Malformed(400, "the body is not gzip")
    if len(unpacked) > most:
        return _too_large(most)
    return unpacked if unpacker.eof else Malformed(400, "the gzipped body is cut short")
