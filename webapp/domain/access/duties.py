"""What each tablet is for: which of the school's tables it hears of, and whether people record on it.

The duty comes with the code a tablet is enrolled with. Everything that depends on it follows from here: what is pulled,
what comes with live events, who may sign in, and which kinds are taken from it (`domain/operations/`).
"""

from dataclasses import dataclass
from typing import Final

from webapp.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Duty:
    """`staffed`: people sign in and record on it, and it hears of all that tablets can hold. Others hear of what is
    public alone (`webapp/sync/tables/replicated.py`)."""

    staffed: bool


STAFFS: Final = Duty(staffed=True)
EVERYBODYS: Final = Duty(staffed=False)

FLOOR_TABLET: Final = "floor"
TILL: Final = "till"  # the one that sells

DUTIES: Final[dict[str, Duty]] = {
    # Anybody on staff may take one of these up, and all their screens are the floor's.
    FLOOR_TABLET: STAFFS,
    TILL: STAFFS,
    "reception": STAFFS,
    "door": STAFFS,
    # These stand where students pass. Their pages come from the school, and need nothing on the tablet.
    "kiosk": EVERYBODYS,
    "hall": EVERYBODYS,
}

BROWSER: Final = "browser"
IMPORT: Final = "import"
"""The school's own writers: its pages, the floor's and the desk's, and what imports and policies bring."""

WRITERS: Final = (*DUTIES, BROWSER, IMPORT)
"""Where an operation may come from: a tablet of a duty, or one of the school's own writers."""

FLOOR: Final = frozenset({*(key for key, duty in DUTIES.items() if duty.staffed), BROWSER})
DESK: Final = frozenset({BROWSER})

NOT_HERE: Final = Refusal("not-here", "This tablet is for students and visitors. Sign in on one for staff.")
"""To whoever would sign in or record where nobody does."""

NOT_FROM_A_TABLET: Final = Refusal("not-from-a-tablet", "This is done at the desk, under Office, and not on a tablet.")


def is_staffed(duty: str) -> bool:
    return DUTIES[duty].staffed


def judge_writer(writer: str, allowed: frozenset[str]) -> Refusal | None:
    """Whether something may come from this writer, which is one of `WRITERS`."""
    if writer in allowed:
        return None
    return NOT_FROM_A_TABLET if writer in FLOOR else NOT_HERE
