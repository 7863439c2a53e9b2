"""Bodies of requests: possibly gzipped, never larger than allowed once unpacked."""

import zlib

from flask import request

from webapp.sync.wire import MOST_BYTES, Malformed

GZIP = 16 + zlib.MAX_WBITS


def body() -> bytes | Malformed:
    """The unpacked bytes of the request."""
    data = request.get_data(cache=False)
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding == "gzip":
        return _unpack(data)
    if encoding != "identity":
        return Malformed(400, "Content-Encoding: expected gzip or none")
    return data if len(data) <= MOST_BYTES else TOO_LARGE


TOO_LARGE = Malformed(413, f"expected at most {MOST_BYTES} bytes, unpacked")


def _unpack(data: bytes) -> bytes | Malformed:
    unpacker = zlib.decompressobj(GZIP)
    try:
        unpacked = unpacker.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        return Malformed(400, "the body is not gzip")
    if len(unpacked) > MOST_BYTES:
        return TOO_LARGE
    return unpacked if unpacker.eof else Malformed(400, "the gzipped body is cut short")
