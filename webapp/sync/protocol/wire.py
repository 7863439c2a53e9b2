"""What a tablet sends in a push, read strictly where the protocol is strict and kindly everywhere else.

The envelope must have the promised shape (else 400); a single operation that cannot be understood is kept as it
came, to be stored as refused, so that it never blocks the ones behind it.
"""

import json
import math
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from webapp.domain.refusal import Refusal
from webapp.domain.text.lengths import cut, fault_of_body
from webapp.domain.text.text import clean, whole
from webapp.domain.time.moment import parse_instant
from webapp.sync.devices.health import Health, read_health

MOST_OPERATIONS = 500
HIGHEST_N = 2**53 - 1  # the last integer every JSON reader keeps exact
LONGEST_WORD = 100
LONGEST_NUMBER = 300  # digits; browsers take more for infinite
MOST_DEPTH = 20  # deeper ones could be stored, and never be read again

Json = dict[str, Any]
_ODD = re.compile(r"\\u(d[89a-f]|0000)")  # in our JSON: half of a pair or a whole one, and NUL
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % (LONGEST_NUMBER + 1))


class Sent(NamedTuple):
    """One operation as it came. `text` is its body as JSON. `fault` says why it cannot be understood, if so;
    the body is then the whole item. `unsure`: the tablet knows that its clock was wrong."""

    n: int
    kind: str
    by: str
    wall: str
    body: Json
    text: str
    base: int | None
    replaces: str | None
    digest: str
    fault: Refusal | None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    device: str
    incarnation: str
    epoch: str
    now: datetime
    client: int | None
    ops: list[Sent]
    health: Health | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """A request that is not of the protocol's shape: the status to answer with, and what was expected."""

    status: int
    message: str


def read_json(data: bytes) -> Json | Malformed:
    """The JSON object in a request's bytes."""
    try:
        # Asked of every number only where one is long at all: it takes three times as long.
        integer = _integer if _LONG_NUMBER.search(data) else int
        value = json.loads(data.decode(), parse_constant=_no_constants, parse_int=integer, parse_float=_finite)
    except (ValueError, RecursionError):
        return Malformed(400, "expected a JSON object in UTF-8")
    return value if isinstance(value, dict) else Malformed(400, "expected a JSON object")


def _no_constants(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _integer(digits: str) -> int | str:
    """A number too long to be one stays text: a bad entry, but not a bad push."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits[:LONGEST_NUMBER]


def _finite(digits: str) -> float | str:
    """1e999 would become a word that no browser reads."""
    value = float(digits)
    return value if math.isfinite(value) else digits[:LONGEST_NUMBER]


def read_push(data: bytes) -> Push | Malformed:
    value = read_json(data)
    if isinstance(value, Malformed):
        return value
    for key in ("device", "incarnation", "epoch"):
        if not isinstance(value.get(key), str):
            return Malformed(400, f"{key}: expected a string")
        if len(value[key]) > LONGEST_WORD:
            return Malformed(400, f"{key}: expected at most {LONGEST_WORD} letters")
    now = parse_instant(value.get("now"))
    if now is None:
        return Malformed(400, "now: expected a time such as 2026-03-03T10:05:00.000Z")
    ops = value.get("ops")
    if not isinstance(ops, list) or not all(isinstance(item, dict) and _is_n(item.get("n")) for item in ops):
        return Malformed(400, "ops: expected a list of operations, each with a number n from 1 up")
    if len(ops) > MOST_OPERATIONS:
        return Malformed(413, f"ops: expected at most {MOST_OPERATIONS} operations")
    owner = f"{value['device']}.{value['incarnation']}"
    client = value.get("client")
    return Push(
        clean(value["device"]),
        clean(value["incarnation"]),
        clean(value["epoch"]),
        now,
        client if type(client) is int else None,
        [_read_sent(item, owner) for item in ops],
        read_health(value.get("health")),
    )


def _is_n(value: object) -> bool:
    return type(value) is int and 1 <= value <= HIGHEST_N


def _read_sent(item: Json, owner: str) -> Sent:
    fault = _fault(item)
    body = item if fault else item["body"]
    if _is_deep(body):
        fault, body = TOO_DEEP, _shallow(item)
    kind, by, wall = _word(item.get("kind")), _word(item.get("by")), _word(item.get("wall"))
    base, replaces, sent = item.get("base"), _replaced(item.get("replaces"), owner), as_text(body)
    fault = fault or fault_of_body(body)
    body, text = _kept(body, sent, fault)
    return Sent(
        n=item["n"],
        kind=kind,
        by=by,
        wall=wall,
        body=body,
        text=text,
        base=base if _is_n(base) else None,
        replaces=replaces,
        digest=digest(kind, by, wall, sent, replaces),
        fault=fault,
        unsure=item.get("unsure") is True,
    )


def _kept(body: Json, sent: str, fault: Refusal | None) -> tuple[Json, str]:
    """The body as it is judged and stored, and its text: measured, and without what cannot be shown.

    The digest stays that of what was sent: an entry is known again though it was kept otherwise.
    """
    if fault:
        body = cut(body)
    elif not _ODD.search(sent):
        return body, sent
    body = _whole(body)
    return body, as_text(body)


def _whole(value: Any) -> Any:
    """The value with every text, and every name of a member, as databases and pages can hold it."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {whole(name): _whole(part) for name, part in value.items()}
    return [_whole(part) for part in value] if isinstance(value, list) else value


TOO_DEEP = Refusal("not-understood", "This entry is too deeply nested to be read.")


def _fault(item: Json) -> Refusal | None:
    for key in ("kind", "by", "wall"):
        if not isinstance(item.get(key), str):
            return Refusal("not-understood", f"This entry has no readable “{key}”.")
    if not isinstance(item.get("body"), dict):
        return Refusal("not-understood", "This entry has no content.")
    return None


def _is_deep(value: Json | list[Any], left: int = MOST_DEPTH) -> bool:
    if left == 0:
        return True
    # A plain loop: this is asked of every operation, and nearly all hold one object of plain values.
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, (dict, list)) and _is_deep(part, left - 1):
            return True
    return False


def _shallow(value: Any, left: int = MOST_DEPTH) -> Any:
    """The value without what lies too deep."""
    if not isinstance(value, dict | list):
        return value
    if left == 0:
        return "…"
    if isinstance(value, dict):
        return {key: _shallow(part, left - 1) for key, part in value.items()}
    return [_shallow(part, left - 1) for part in value]


def _word(value: object) -> str:
    return _cleaned(value[: 2 * LONGEST_WORD]) if isinstance(value, str) else ""


@lru_cache
def _cleaned(text: str) -> str:
    """A batch repeats few words very often."""
    return clean(text)[:LONGEST_WORD]


def _replaced(value: object, owner: str) -> str | None:
    """The id of the operation replaced: as sent, or from a number of the tablet's own."""
    if _is_n(value):
        return f"{owner}.{value}"
    return _word(value) or None


as_text = json.JSONEncoder(sort_keys=True).encode
"""JSON that is the same for the same content, in whatever order it came."""


def digest(kind: str, by: str, wall: str, text: str, replaces: str | None) -> str:
    """What makes two operations of one number the same: all that was meant, not what was being looked at."""
    return sha256("\n".join((kind, by, wall, text, replaces or "")).encode()).hexdigest()
