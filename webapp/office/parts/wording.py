"""What somebody recorded, in words: for histories and for lists of entries that could not be used.

An entry is as a tablet sent it, so it may say anything. What is not understood is shown as it came.
"""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, Final

from webapp.domain.marks.marks import is_mark
from webapp.domain.operations import KINDS, fields_with
from webapp.domain.operations.kind import Holds
from webapp.domain.text.words import clock_words, day_words, lesson_words
from webapp.domain.time.calendar import parse_day
from webapp.domain.time.moment import parse_instant
from webapp.models import Item, Lesson, Staff, Student
from webapp.models.lookup import look_up
from webapp.school.school import school_pack
from webapp.sync.operations.ids import number, word

POINTERS: Final = fields_with(Holds.ENTRY) | {"was", "undo"}
"""What names other entries: ids that say nothing to a reader."""

LONGEST, MOST_THINGS = 500, 50
"""Letters and things of an entry that are told; an entry may be a hundred thousand letters long."""


def told(kind: Any, body: Any, free: Callable[[str], str] = str) -> str:
    """An entry in one line: "Mark: Zoë Okafor, Maths, Tue 3 March, period 2, 4 Heroic". `free` changes what somebody
    wrote, not what it is told with."""
    name = KINDS[kind].words if isinstance(kind, str) and kind in KINDS else free(str(kind))
    said = ", ".join(details(body, free)) if isinstance(body, dict) else str(_freed(body, free))
    line = f"{name}: {said}" if said or not isinstance(body, dict) else name
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def details(body: Mapping[str, Any], free: Callable[[str], str] = str) -> list[str]:
    """Each thing an entry says, in words where they are understood: who, where, what, then the rest."""
    order = [key for key in _READERS if key in body]
    order += [key for key in islice(body, MOST_THINGS) if key not in _READERS]
    return [_detail(key, body[key], free) for key in order if key not in POINTERS]


def _detail(key: str, value: Any, free: Callable[[str], str]) -> str:
    value = _freed(value, free) if _READERS.get(key, _said) is _said else value
    words = _READERS[key](value) if key in _READERS else None
    return f"{free(key)}: {_freed(value, free)}" if words is None else words


def _freed(value: Any, free: Callable[[str], str]) -> Any:
    """The same with every text in it freed: printed within others, its letters would stand as numbers."""
    if isinstance(value, dict):
        return {free(str(key)): _freed(inner, free) for key, inner in value.items()}
    if isinstance(value, list):
        return [_freed(inner, free) for inner in value]
    return free(value) if isinstance(value, str) else value


def _student(value: Any) -> str | None:
    found = look_up(Student, number(value) or 0)
    return found.name if found else None


def _lesson(value: Any) -> str | None:
    found = look_up(Lesson, number(value) or 0)
    return f"{found.subject}, {lesson_words(found.day, found.period)}" if found else None


def mark_words(value: Any) -> str | None:
    """A mark as staff call it: "4 Creative", "Authorised absence", "no mark"."""
    if not is_mark(value):
        return None
    name = school_pack().name_of(value)
    return f"{value} {name}" if isinstance(value, int) else name or "no mark"


def _space(value: Any) -> str | None:
    space = school_pack().calls.space(value) if isinstance(value, str) else None
    return space.name if space else None


def _staff(value: Any) -> str | None:
    if value is None:
        return "nobody named"
    person = look_up(Staff, word(value))
    return f"with {person.name}" if person else None


def _item(value: Any) -> str | None:
    found = look_up(Item, word(value))
    return found.name if found else None


def _time(what: str) -> Callable[[Any], str | None]:
    def read(value: Any) -> str | None:
        moment = parse_instant(value)
        return f"{what} {clock_words(moment)}" if moment else None

    return read


def _answer(value: Any) -> str | None:
    return {True: "free to leave: yes", False: "free to leave: no"}.get(value) if isinstance(value, bool) else None


def _helped(value: Any) -> str | None:
    if not isinstance(value, list):
        return None
    named = [strategy.name for strategy in school_pack().calls.strategies if strategy.key in value]
    return f"helped: {', '.join(named) or 'nothing named'}"


def _day(value: Any) -> str | None:
    day = parse_day(value)
    return day_words(day) if day else None


def _said(value: Any) -> str | None:
    return f"“{value}”" if isinstance(value, str) else None


_READERS: Final[dict[str, Callable[[Any], str | None]]] = {
    "student": _student,
    "lesson": _lesson,
    "mark": mark_words,
    "space": _space,
    "staff": _staff,
    "item": _item,
    "day": _day,
    "when": _time("at"),
    "entered": _time("entered"),
    "left": _time("left"),
    "free_to_leave": _answer,
    "helped": _helped,
    "why": _said,
    "reason": _said,
    "note": _said,
    "message": _said,
    "place": _said,
}
