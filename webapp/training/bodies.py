"""What operations say, without what could tell of anybody.

A tablet may have sent anything, so nothing is taken over because of where it stands: a field is known by its name, and
its value must be what belongs there. All else is left out. What applied operations are read for (docs/protocol.md,
"Operations") is always what belongs there.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from webapp.domain.marks.marks import is_mark
from webapp.domain.time.calendar import is_week, parse_day
from webapp.domain.time.moment import parse_instant
from webapp.policies.rewards import WINDOWS
from webapp.sync.operations.ids import number
from webapp.sync.operations.ids import operation as operation_id
from webapp.sync.protocol.wire import as_text
from webapp.training.cast import Cast
from webapp.training.words import alias_of, free, key_or_words

UNKNOWN: Final = "unknown"

_TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")
_DEVICE = re.compile(r"d[1-9][0-9]{0,9}")


STRANGE: Final = object()
"""What is read of a value that does not belong where it stands."""

Reader = Callable[[Cast, Any], Any]


def body_of(cast: Cast, text: str) -> str:
    """The body of an operation in the copy, as JSON."""
    body = json.loads(text)
    read = {
        name: body[name] if body[name] is None else FIELDS[name](cast, body[name]) for name in body if name in FIELDS
    }
    return as_text({name: value for name, value in read.items() if value is not STRANGE})


def _only(is_right: Callable[[Any], object]) -> Reader:
    """A value that tells of nobody, if it is what it should be."""
    return lambda _cast, value: value if is_right(value) else STRANGE


def _text(change: Callable[[Cast, str], Any]) -> Reader:
    """A text, changed."""
    return lambda cast, value: change(cast, value) if isinstance(value, str) else STRANGE


def _each(one: Reader) -> Reader:
    """What belongs there of a list."""

    def read(cast: Cast, value: Any) -> Any:
        if not isinstance(value, list):
            return STRANGE
        return [part for part in (one(cast, part) for part in value) if part is not STRANGE]

    return read


def _one_of(known: Callable[[Cast], Mapping[str, str]]) -> Reader:
    """An id, which becomes another."""
    return _text(lambda cast, value: known(cast).get(value, STRANGE))


def _student(cast: Cast, value: Any) -> Any:
    known = cast.students.get(number(value) or 0)
    return STRANGE if known is None else str(known)


def _key(cast: Cast, value: Any) -> Any:
    """A word of the policy's, or the operation that a field of the same name speaks of."""
    return value if operation_id(value) or (isinstance(value, str) and value in cast.keys) else STRANGE


def _is_window(value: Any) -> bool:
    day, _, pause = value.partition("/") if isinstance(value, str) else ("", "", "")
    return parse_day(day) is not None and pause in WINDOWS


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], object]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value)


_words = _text(lambda _cast, value: free(value))
_title = _text(lambda cast, value: cast.title(value))
_operation = _only(operation_id)
_day = _only(parse_day)
_moment = _only(parse_instant)
_time = _only(_matches(_TIME))
_whole = _only(lambda value: type(value) is int)
_flag = _only(lambda value: isinstance(value, bool))
_mark = _only(is_mark)

FIELDS: Final[Mapping[str, Reader]] = {
    # People and things
    "student": _student,
    "students": _each(_student),
    "picked": _each(_student),
    "tied": _each(_student),
    "staff": _one_of(lambda cast: cast.staff),
    "group": _one_of(lambda cast: cast.groups),
    "item": _one_of(lambda cast: cast.items),
    "lesson": _only(number),
    "quarantined": _only(number),
    **dict.fromkeys(("to", "tablet"), _only(_matches(_DEVICE))),
    "upto": _only(number),
    "digest": _text(lambda cast, value: cast.hashed(value)),
    # Other operations
    **dict.fromkeys(("stay", "ask", "call", "plan", "pair", "record", "redemption", "admission"), _operation),
    "operation": _operation,
    # Words of the policy
    **dict.fromkeys(("space", "kind", "choice", "cap", "award"), _key),
    "helped": _each(_key),
    # What people wrote
    **dict.fromkeys(("reason", "note", "message", "place"), _words),
    "why": _text(key_or_words),
    "alias": _text(lambda _cast, value: alias_of(value)),
    # What things are called
    **dict.fromkeys(("name", "picture"), _title),
    "allergens": _each(_title),
    # When, how many, and yes or no
    **dict.fromkeys(("day", "from", "until", "first", "last", "half_term"), _day),
    **dict.fromkeys(("when", "entered", "left"), _moment),
    **dict.fromkeys(("starts", "ends"), _time),
    "week": _only(is_week),
    "window": _only(_is_window),
    **dict.fromkeys(("weekday", "price", "stock"), _whole),
    **dict.fromkeys(("free_to_leave", "opted_out", "gone", "undo"), _flag),
    **dict.fromkeys(("mark", "was"), _mark),
}
"""What each field of a body becomes. `student` and the like must be on roll, and so on."""
