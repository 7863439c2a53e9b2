"""What operations say, without what could tell of anybody.

A tablet may have sent anything, so nothing is taken over because of where it stands: a field is known by its kind of
operation (`webapp/domain/operations/`), and its value must be what belongs there. All else is left out. What applied
operations are read for is always what belongs there.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from webapp.domain.marks.marks import is_mark
from webapp.domain.operations import KINDS
from webapp.domain.operations.kind import Holds
from webapp.domain.time.calendar import is_week, parse_day
from webapp.domain.time.moment import parse_instant
from webapp.policies.rewards import WINDOWS
from webapp.sync.operations.ids import number
from webapp.sync.operations.ids import operation as operation_id
from webapp.sync.protocol.wire import as_text
from webapp.training.cast import Cast
from webapp.training.words import alias_of, free

UNKNOWN: Final = "unknown"

_TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")
_DEVICE = re.compile(r"d[1-9][0-9]{0,9}")


STRANGE: Final = object()
"""What is read of a value that does not belong where it stands."""

Reader = Callable[[Cast, Any], Any]


def body_of(cast: Cast, kind: str, text: str) -> str:
    """The body of an operation in the copy, as JSON."""
    body, holds = json.loads(text), KINDS[kind].holds if kind in KINDS else {}
    read = {
        name: value if value is None else READERS[holds[name]](cast, value)
        for name, value in body.items()
        if name in holds
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


def _is_window(value: Any) -> bool:
    day, _, pause = value.partition("/") if isinstance(value, str) else ("", "", "")
    return parse_day(day) is not None and pause in WINDOWS


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], object]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value)


_key = _text(lambda cast, value: value if value in cast.keys else STRANGE)
_title = _text(lambda cast, value: cast.title(value))

READERS: Final[Mapping[Holds, Reader]] = {
    Holds.STUDENT: _student,
    Holds.STUDENTS: _each(_student),
    Holds.STAFF: _one_of(lambda cast: cast.staff),
    Holds.GROUP: _one_of(lambda cast: cast.groups),
    Holds.ITEM: _one_of(lambda cast: cast.items),
    Holds.TABLET: _only(_matches(_DEVICE)),
    Holds.NUMBER: _only(number),
    Holds.DIGEST: _text(lambda cast, value: cast.hashed(value)),
    Holds.ENTRY: _only(operation_id),
    Holds.KEY: _key,
    Holds.KEYS: _each(_key),
    Holds.WORDS: _text(lambda _cast, value: free(value)),
    Holds.ALIAS: _text(lambda _cast, value: alias_of(value)),
    Holds.TITLE: _title,
    Holds.TITLES: _each(_title),
    Holds.DAY: _only(parse_day),
    Holds.MOMENT: _only(parse_instant),
    Holds.TIME: _only(_matches(_TIME)),
    Holds.WEEK: _only(is_week),
    Holds.WINDOW: _only(_is_window),
    Holds.WHOLE: _only(lambda value: type(value) is int),
    Holds.FLAG: _only(lambda value: isinstance(value, bool)),
    Holds.MARK: _only(is_mark),
}
"""What becomes of each thing that a body can hold. A student must be one, and so on."""
