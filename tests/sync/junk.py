"""What a protocol's server must expect from a network: everything."""

import gzip
import json
from typing import Any

from hypothesis import strategies as st

HUGE = 10**30
DEEP = b"[" * 100_000
LONE_SURROGATE = "\ud800"

VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1.0,
    1.5,
    1e308,
    HUGE,
    -HUGE,
    2**31,
    2**53,
    2**63,
    2**64,
    "",
    "1",
    "0",
    "01",
    " 1",
    "1 ",
    "1\n",
    "١",
    "²",
    "9" * 10,
    "9" * 18,
    "9" * 40,
    "d1.a.1",
    "d3.a.9999999999",
    "d3.a.\u0661",
    "d3.\0.1",
    f"{LONE_SURROGATE}.{LONE_SURROGATE}.1",
    "\0",
    "1\0",
    LONE_SURROGATE,
    "\udc00\ud800",
    "\u202e\u2066x",
    "\ufeff",
    "'; DROP TABLE operation; --",
    "<script>",
    "=1+1",
    "{{ 7 * 7 }}",
    "x" * 10_000,
    "0000-00-00",
    "2026-02-30",
    "2026-W10-2",
    "2026-03-03T10:05:00.000Z",
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
    [],
    {},
    [None],
    [[[[]]]],
    {"": None},
    {"\0": "\0"},
    {LONE_SURROGATE: LONE_SURROGATE},
]

NOT_JSON_OBJECTS: dict[str, bytes] = {
    "nothing": b"",
    "a space": b" ",
    "null": b"null",
    "a list": b"[]",
    "a number": b"1",
    "a string": b'"push"',
    "cut short": b'{"device": "d1"',
    "two objects": b"{}{}",
    "a form": b"device=d1&ops=1",
    "single quotes": b"{'device': 'd1'}",
    "not UTF-8": b'{"device": "\xff\xfe"}',
    "half a surrogate in UTF-8": b'{"device": "\xed\xa0\x80"}',
    "UTF-16": '{"device": "d1"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"device": "d1"}',
    "NUL": b"\0",
    "NaN": b'{"device": NaN}',
    "Infinity": b'{"device": -Infinity}',
    "deep lists": DEEP,
    "deep objects": b'{"a":' * 30_000,
    "a file of zeros": bytes(1000),
}


def scalars() -> st.SearchStrategy[Any]:
    text = st.text(st.characters(), max_size=8)  # half surrogates and NUL included
    return st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), text, st.sampled_from(["1", "2", "none", *VALUES[:40]])
    )


def values() -> st.SearchStrategy[Any]:
    """Any JSON, and the three words that Python takes for it."""
    return st.recursive(
        scalars(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
        max_leaves=12,
    )


def nested(depth: int) -> Any:
    """Lists in lists."""
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def zipped(value: bytes) -> bytes:
    return gzip.compress(value, mtime=0)


def strictly(data: bytes) -> Any:
    """JSON as browsers read it: without Python's additions."""
    return json.loads(data.decode("utf-8"), parse_constant=_refuse)


def _refuse(word: str) -> Any:
    raise AssertionError(f"no browser reads {word}")
