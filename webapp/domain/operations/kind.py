"""What a kind of operation is: its name, its body, its words, who may record it, and what becomes of it.

A body is a dataclass of the fields that are read, as JSON has them; a field with a default may be left out. What each
field holds is said by its type, so that readers need no names of fields. `from_` stands for `from`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass
from dataclasses import fields as fields_of
from enum import Enum, auto
from functools import cached_property
from typing import Annotated, Any, Final, TypeVar, get_args, get_type_hints

from webapp.domain.access.duties import DESK as AT_DESK
from webapp.domain.access.duties import FLOOR
from webapp.domain.access.rights import Right

Body = TypeVar("Body")


class Holds(Enum):
    """What a field of a body holds."""

    STUDENT = auto()
    STUDENTS = auto()
    STAFF = auto()
    GROUP = auto()
    ITEM = auto()
    TABLET = auto()
    NUMBER = auto()
    DIGEST = auto()
    ENTRY = auto()
    KEY = auto()
    KEYS = auto()
    WORDS = auto()
    ALIAS = auto()
    TITLE = auto()
    TITLES = auto()
    DAY = auto()
    MOMENT = auto()
    TIME = auto()
    WEEK = auto()
    WINDOW = auto()
    WHOLE = auto()
    FLAG = auto()
    MARK = auto()


# People and things, by their ids.
Student = Annotated[str, Holds.STUDENT]
Students = Annotated[list[str], Holds.STUDENTS]
StaffId = Annotated[str, Holds.STAFF]
Group = Annotated[str, Holds.GROUP]
Item = Annotated[str, Holds.ITEM]
Tablet = Annotated[str, Holds.TABLET]
Number = Annotated[str, Holds.NUMBER]  # of a lesson and the like
Digest = Annotated[str, Holds.DIGEST]
EntryId = Annotated[str, Holds.ENTRY]  # another operation, such as "d3.k2a9xu.41"
# Words: of the policy, what people wrote, what things are called.
Key = Annotated[str, Holds.KEY]
Keys = Annotated[list[str], Holds.KEYS]
Words = Annotated[str, Holds.WORDS]
Alias = Annotated[str, Holds.ALIAS]
Title = Annotated[str, Holds.TITLE]
Titles = Annotated[list[str], Holds.TITLES]
# When, how many, and yes or no.
Day = Annotated[str, Holds.DAY]
Moment = Annotated[str, Holds.MOMENT]
TimeOfDay = Annotated[str, Holds.TIME]
Week = Annotated[str, Holds.WEEK]
Window = Annotated[str, Holds.WINDOW]  # such as "2026-03-03/break"
Whole = Annotated[int, Holds.WHOLE]
Flag = Annotated[bool, Holds.FLAG]
Mark = Annotated[int | str | None, Holds.MARK]


@dataclass(frozen=True, slots=True)
class Recording(Right):
    """Who may record a kind of operation, and from where (`duties.WRITERS`). `of_students`: one's own are not what one
    recorded, but the students that are given to a person (`webapp/school/scope.py`). `others_at_desk`: on a tablet
    everybody may do it to their own alone."""

    where: frozenset[str] = FLOOR
    of_students: bool = False
    others_at_desk: bool = False

    def only_own_from(self, writer: str, role: str) -> bool:
        """Whether somebody of this role may do it there to what is their own alone."""
        return self.only_own(role) or (self.others_at_desk and writer not in AT_DESK)


PUT_ASIDE: Final = "put-aside"


@dataclass(frozen=True)
class Kind:
    """`bodies` has more than one where an operation may say one thing or another. `right` is None of what nobody
    records and the log still holds. `waiting` are the words of a tablet's list of what is not at school yet, where that
    has any; `words` those of the desk. `section` is the part of a subject's file that it belongs to; `kept` the rule of
    retention by which it goes with a student, if it is about one alone."""

    name: str
    words: str
    bodies: tuple[type, ...]
    right: Recording | None
    waiting: str = ""
    section: str = PUT_ASIDE
    kept: str = ""

    @property
    def noun(self) -> str:
        return self.name.partition(".")[0]

    @cached_property
    def holds(self) -> Mapping[str, Holds]:
        """What each field that is read holds, by its name in JSON."""
        hints = [get_type_hints(body, include_extras=True) for body in self.bodies]
        return {name.rstrip("_"): _held(hint) for each in hints for name, hint in each.items()}

    @cached_property
    def free_text(self) -> tuple[str, ...]:
        """The fields in which people write in their own words."""
        return tuple(name for name, holds in self.holds.items() if holds is Holds.WORDS)

    @property
    def shapes(self) -> list[str]:
        """Each body as docs/protocol.md says it, such as "{student, award, note?, day}"."""
        return [f"{{{', '.join(map(_in_words, fields_of(body)))}}}" for body in self.bodies]


def read(body: type[Body], said: Mapping[str, Any]) -> Body:
    """What an accepted operation says. Raises TypeError if a field is missing that must be there."""
    names = {name.rstrip("_"): name for name in body.__annotations__}
    return body(**{names[key]: value for key, value in said.items() if key in names})


def _held(hint: Any) -> Holds:
    """Raises StopIteration for a type that does not say what it holds."""
    annotated = (part for part in (hint, *get_args(hint)) if hasattr(part, "__metadata__"))
    holds: Holds = next(annotated).__metadata__[0]
    return holds


def _in_words(field: Field[Any]) -> str:
    return field.name.rstrip("_") + ("" if field.default is MISSING else "?")
