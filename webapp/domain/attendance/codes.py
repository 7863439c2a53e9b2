"""The attendance codes of the Department for Education, each with the days on which it holds.

Since 19 August 2024 they are those of the School Attendance (Pupil Registration) (England) Regulations 2024. Codes of
before are kept for registers of before. What is new from some day on is a line here.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

PRESENT: Final = "present"
AUTHORISED: Final = "authorised"
UNAUTHORISED: Final = "unauthorised"
NOT_COUNTED: Final = "not counted"
"""What a session counts as; one that is not counted was not possible."""

BEFORE: Final = date(2006, 9, 1)
SINCE_2024: Final = date(2024, 8, 19)

CLOSED: Final = "#"
UNMARKED: Final = "-"
LATE: Final = ("L", "U")
"""Late before the register closed, which is present, and after, which is absent."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it means, what its session counts as, and its first day and first day no longer."""

    code: str
    words: str
    counts: str
    first: date = BEFORE
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


CODES: Final[tuple[Code, ...]] = (
    Code("/", "Present in the morning", PRESENT),
    Code("\\", "Present in the afternoon", PRESENT),
    Code("L", "Late, before the register closed", PRESENT),
    Code("B", "Educated off site", PRESENT),
    Code("K", "At provision arranged by the local authority", PRESENT, SINCE_2024),
    Code("P", "At a sporting activity", PRESENT),
    Code("V", "On an educational visit or trip", PRESENT),
    Code("W", "On work experience", PRESENT),
    Code("J", "At an interview", PRESENT, until=SINCE_2024),
    Code("C", "Exceptional circumstances", AUTHORISED),
    Code("C1", "In a regulated performance or employed abroad", AUTHORISED, SINCE_2024),
    Code("C2", "On a part-time timetable", AUTHORISED, SINCE_2024),
    Code("E", "Suspended or permanently excluded", AUTHORISED),
    Code("H", "On a holiday that was agreed", AUTHORISED, until=SINCE_2024),
    Code("I", "Ill", AUTHORISED),
    Code("J1", "At an interview for work or a school", AUTHORISED, SINCE_2024),
    Code("M", "At a medical or dental appointment", AUTHORISED),
    Code("R", "Religious observance", AUTHORISED),
    Code("S", "On study leave", AUTHORISED),
    Code("T", "Travelling with a parent for their work", AUTHORISED),
    Code("G", "On a holiday that was not agreed", UNAUTHORISED),
    Code("N", "Reason not yet known", UNAUTHORISED),
    Code("O", "Absent for another or an unknown reason", UNAUTHORISED),
    Code("U", "Late, after the register closed", UNAUTHORISED),
    Code("D", "At another school where the student is registered, too", NOT_COUNTED),
    Code("Q", "No way to school was arranged", NOT_COUNTED, SINCE_2024),
    Code("X", "Below or above compulsory school age and not expected", NOT_COUNTED),
    Code("Y", "Could not come in exceptional circumstances", NOT_COUNTED, until=SINCE_2024),
    Code("Y1", "Transport was not available", NOT_COUNTED, SINCE_2024),
    Code("Y2", "Travel was widely disrupted", NOT_COUNTED, SINCE_2024),
    Code("Y3", "Part of the school was closed", NOT_COUNTED, SINCE_2024),
    Code("Y4", "The school was closed unexpectedly", NOT_COUNTED, SINCE_2024),
    Code("Y5", "In criminal justice detention", NOT_COUNTED, SINCE_2024),
    Code("Y6", "Public health guidance", NOT_COUNTED, SINCE_2024),
    Code("Y7", "Could not come for another unavoidable cause", NOT_COUNTED, SINCE_2024),
    Code("Z", "Not yet on the register", NOT_COUNTED),
    Code(CLOSED, "The school was closed as planned", NOT_COUNTED),
    Code(UNMARKED, "Not marked", NOT_COUNTED),
)
KNOWN: Final = frozenset(code.code for code in CODES)


@lru_cache(maxsize=20_000)
def code_on(code: str, day: date) -> Code | None:
    """What a code means on a day; None if it does not hold then."""
    return next((one for one in CODES if one.code == code and one.holds(day)), None)
