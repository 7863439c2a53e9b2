"""What becomes of a value in the copy. Each takes the cast, the value, and the row it stands in."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from webapp.domain.operations import KINDS
from webapp.domain.time.moment import instant, parse_instant
from webapp.models.school import OFFERED
from webapp.school.calendar import WEEK
from webapp.setup.school import OWN_NAMES
from webapp.sync.operations.ids import operation as operation_id
from webapp.training.bodies import UNKNOWN, body_of
from webapp.training.cast import Cast
from webapp.training.words import alias_of, free

Row = Mapping[str, Any]
Treatment = Callable[[Cast, Any, Row], Any]

SCHOOL: Final = "A copy for training: people are invented"
RELATIONSHIPS: Final = ("Mother", "Father", "Grandmother", "Grandfather", "Foster carer", "Guardian")
CALENDAR: Final = {"year": "School year", "half-term": "Half term", "closure": "Closed"}


def kept(_cast: Cast, value: Any, _row: Row) -> Any:
    """A number of the school's, a day, or a word that the program chose."""
    return value


def emptied(_cast: Cast, _value: Any, _row: Row) -> None:
    return None


def title(cast: Cast, value: str | None, _row: Row) -> str | None:
    return None if value is None else cast.title(value)


def titles(cast: Cast, value: str, _row: Row) -> str:
    return json.dumps([cast.title(one) for one in json.loads(value)])


def words(_cast: Cast, value: str | None, _row: Row) -> str | None:
    """What somebody wrote."""
    return free(value)


def key(cast: Cast, value: str | None, _row: Row) -> str | None:
    """A word of the policy's; in a call for help a tablet may have sent any."""
    return value if value in cast.keys else None


def alias(_cast: Cast, value: str | None, _row: Row) -> str | None:
    return alias_of(value)


def hashed(cast: Cast, value: str, _row: Row) -> str:
    """Another hash, so that a real card opens nothing and nobody finds out by guessing what was hashed."""
    return cast.hashed(value)


def person(cast: Cast, value: str | None, _row: Row) -> str | None:
    return cast.person(value)


def people(cast: Cast, value: str, _row: Row) -> str:
    return json.dumps([cast.person(one) for one in json.loads(value)])


def student(cast: Cast, value: int, _row: Row) -> int:
    return cast.students[value]


def students(cast: Cast, value: str, _row: Row) -> str:
    return json.dumps([str(cast.students[int(one)]) for one in json.loads(value)])


def sorted_students(cast: Cast, value: str, _row: Row) -> str:
    return json.dumps(sorted((str(cast.students[int(one)]) for one in json.loads(value)), key=int))


def first_of_pair(cast: Cast, _value: int, row: Row) -> int:
    return min(cast.students[row["one"]], cast.students[row["other"]])


def second_of_pair(cast: Cast, _value: int, row: Row) -> int:
    return max(cast.students[row["one"]], cast.students[row["other"]])


def group(cast: Cast, value: str, _row: Row) -> str:
    return cast.groups[value]


def group_name(cast: Cast, _value: str, row: Row) -> str:
    return cast.groups[row["id"]]


def item(cast: Cast, value: str, _row: Row) -> str:
    return cast.items[value]


def username(cast: Cast, _value: str, row: Row) -> str:
    return cast.staff[row["id"]]


def staff_surname(cast: Cast, _value: str, row: Row) -> str:
    return cast.staff_names[row["id"]].surname


def staff_forename(cast: Cast, _value: str, row: Row) -> str:
    return cast.staff_names[row["id"]].forename


def password(cast: Cast, _value: str | None, _row: Row) -> str:
    """Everybody gets the same one."""
    return cast.password_hash


def student_surname(cast: Cast, _value: str, row: Row) -> str:
    return cast.student_names[row["id"]].surname


def student_forename(cast: Cast, _value: str, row: Row) -> str:
    return cast.student_names[row["id"]].forename


def contact_surname(cast: Cast, _value: str, row: Row) -> str:
    """That of the student."""
    return cast.student_names[row["student_id"]].surname


def contact_forename(cast: Cast, value: str | None, row: Row) -> str | None:
    """That of some student of the copy, who never was either."""
    return value and cast.forenames[row["id"] % len(cast.forenames)]


def relationship(_cast: Cast, value: str | None, _row: Row) -> str | None:
    return value if value in RELATIONSHIPS else value and "Carer"


def phone(_cast: Cast, value: str | None, row: Row) -> str | None:
    """One of the numbers that are given to nobody, so that plays and films can name them."""
    return value and f"07700 900{row['id'] % 1000:03}"


def address(_cast: Cast, value: str | None, row: Row) -> str | None:
    return value and f"contact{row['id']}@example.org"


def upn(cast: Cast, _value: str, row: Row) -> str:
    return f"T{cast.students[row['id']]:012}"


def admission(cast: Cast, value: str | None, row: Row) -> str | None:
    return value and f"{cast.students[row['id']]:05}"


def school_name(_cast: Cast, _value: str, _row: Row) -> str:
    return SCHOOL


def new_epoch(_cast: Cast, _value: str, _row: Row) -> str:
    """So that a real tablet that strays here notices."""
    return secrets.token_hex(8)


def offered(_cast: Cast, _value: str, _row: Row) -> str:
    """Nobody has an authenticator app for these people."""
    return OFFERED


def calendar_name(_cast: Cast, value: str, row: Row) -> str:
    return value if row["kind"] == WEEK else f"{CALENDAR[row['kind']]} {row['id']}"


def tablet_name(_cast: Cast, _value: str, row: Row) -> str:
    return OWN_NAMES.get(row["id"], f"Tablet {row['id']}")


def marks(cast: Cast, value: str, _row: Row) -> str:
    """The marks that decided a level: day, period, mark."""
    return json.dumps([[day, cast.title(period), mark] for day, period, mark in json.loads(value)])


def acks(cast: Cast, value: str, _row: Row) -> str:
    """Who heard a call, and when."""
    return json.dumps([[cast.person(staff), at] for staff, at in json.loads(value)])


def kind(_cast: Cast, value: str, _row: Row) -> str:
    """A tablet may have sent any word."""
    return value if value in KINDS else UNKNOWN


def detail(_cast: Cast, value: str | None, row: Row) -> str | None:
    """Our own words, which quote a kind that is not known."""
    return value if row["kind"] in KINDS else free(value)


def wall(_cast: Cast, value: str, row: Row) -> str:
    """What a tablet's clock said, if that was a time."""
    return value if parse_instant(value) else instant(row["at"])


def replaced(_cast: Cast, value: str | None, _row: Row) -> str | None:
    return operation_id(value)


def subject(cast: Cast, value: str | None, _row: Row) -> str | None:
    """Whose mark in which lesson, or which till."""
    what, _, which = (value or "").partition(":")
    if what != "score":
        return value
    of, _, lesson = which.partition(".")
    return f"score:{cast.students[int(of)]}.{lesson}"


def body(cast: Cast, value: str, row: Row) -> str:
    return body_of(cast, row["kind"], value)
