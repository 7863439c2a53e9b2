"""Which column is which: the headings that SIMS, Arbor and Bromcom use."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from operator import itemgetter

from webapp.domain.text.text import clean

# Best first: a file that has both "Legal Surname" and "Surname" means the former. The first one is ours.
ALIASES: dict[str, tuple[str, ...]] = {
    "upn": ("UPN", "Unique Pupil Number"),
    "admission": ("Admission Number", "Admission No", "Adm No", "Adm Number"),
    "legal_surname": ("Legal Surname", "Legal Last Name", "Surname", "Last Name"),
    "legal_forename": ("Legal Forename", "Legal First Name", "Forename", "First Name"),
    "preferred_surname": ("Preferred Surname", "Preferred Last Name"),
    "preferred_forename": ("Preferred Forename", "Preferred First Name"),
    "year": ("Year Group", "Year", "NC Year", "National Curriculum Year"),
    "reg": ("Registration Form", "Registration Group", "Reg Group", "Reg", "Tutor Group", "Form", "Group"),
    "class": ("Class", "Class 1", "Class Name", "Class Code", "Teaching Group", "Set"),
    **{f"class_{number}": (f"Class {number}",) for number in range(2, 13)},
    "from": ("From", "Start Date", "Date From"),
    "born": ("Date of Birth", "DOB", "Birth Date"),
    "joined": ("Date of Admission", "Admission Date"),
    "left": ("Date of Leaving", "Leaving Date"),
    "username": ("Username", "User Name", "Staff Code"),
    "contact_surname": ("Contact Surname", "Contact Last Name", "Surname", "Last Name"),
    "contact_forename": ("Contact Forename", "Contact First Name", "Forename", "First Name"),
    "order": ("Order", "Priority", "Contact Order", "Contact Priority", "Priority Order"),
    "relationship": (
        "Relationship",
        "Relationship to Student",
        "Relationship to Pupil",
        "Relationship Type",
        "Relation",
    ),
    "responsibility": ("Responsibility", "Parental Responsibility", "Has Parental Responsibility"),
    "phone": (
        *("Phone", "Telephone", "Mobile", "Phone Number", "Telephone Number", "Mobile Number", "Mobile Phone"),
        *("Main Telephone", "Primary Phone", "Home Phone", "Home Telephone"),
    ),
    "language": ("Language", "First Language", "Home Language", "Preferred Language"),
    "contact": ("Contact", "May Contact", "Contact Note"),
    "surname": ("Surname", "Last Name", "Legal Surname", "Legal Last Name"),
    "forename": ("Forename", "First Name", "Legal Forename", "Legal First Name"),
    "email": ("Email", "E-mail", "Email Address", "Work Email", "Primary Email", "Contact Email", "Home Email"),
    "role": ("Role", "Staff Role", "Post", "Job Title"),
    "week": ("Week", "Timetable Week"),
    "day": ("Day", "Weekday", "Day of Week"),
    "days": ("Days", "Day", "Weekdays"),
    "years": ("Years", "Year Groups", "For Years"),
    "session": ("Session", "AM/PM", "Session Name", "Session Type"),
    "since": ("From", "From Period"),
    "until": ("Until", "Until Period", "To", "Date To"),
    "initials": ("Initials", "Staff Initials"),
    "room": ("Room", "Room Name", "Location"),
    "period": ("Period", "Lesson", "Period Name"),
    "group": ("Group", "Class", "Class Name", "Teaching Group", "Registration Form", "Tutor Group"),
    "subject": ("Subject", "Subject Name", "Course", "Subject Code"),
    "staff": ("Staff", "Staff Code", "Teacher", "Teacher Code", "Username", "Initials", "Staff Initials"),
    "score": ("Score", "Mark"),
    "kind": ("Kind", "Type"),
    "name": ("Name",),
    "start": ("Start", "Start Date", "Start Time"),
    "end": ("End", "End Date", "End Time"),
    "date": ("Date", "Lesson Date", "Session Date", "Mark Date", "Attendance Date"),
    "code": ("Code", "Mark", "Attendance Code", "Mark Code", "Attendance Mark", "Session Mark"),
    "minutes_late": ("Minutes Late", "Mins Late", "Late Minutes", "Minutes"),
}
PAIRS: dict[tuple[str, str], tuple[str, ...]] = {
    ("legal_surname", "legal_forename"): (
        *("Student", "Student Name", "Pupil", "Pupil Name", "Name", "Full Name", "Legal Name", "Legal Full Name"),
        *("Student Full Name", "Pupil Full Name"),
    ),
    ("surname", "forename"): ("Name", "Full Name", "Staff Name", "Contact Name"),
}
"""Surnames and forenames, and the headings of one column that holds both."""
NOT_IN_FILE = ""

_JOINTS = re.compile(r"[\s._-]+")


def find_columns(
    headings: Sequence[str], keys: Collection[str], chosen: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Where each column stands, in any order and case; a column that is missing is left out. A place feeds one column,
    or a surname and its forename.

    `chosen` are headings by column that somebody has picked, `NOT_IN_FILE` if none is meant. One that the file does not
    have says nothing.
    """
    places = _places(headings)
    picked = {key: heading for key, heading in (chosen or {}).items() if not heading or plain(heading) in places}
    found: dict[str, int] = {}
    for key in keys:
        if picked.get(key):
            _claim(found, key, places[plain(picked[key])])
    left = [key for key in keys if key not in picked]
    for name, key in _best_first(left):
        if key not in found and plain(name) in places:
            _claim(found, key, places[plain(name)])
    return found | _whole_names(places, left, found)


def names_of(key: str) -> tuple[str, ...]:
    """The headings a column may have, best first."""
    return ALIASES[key]


def plain(heading: str) -> str:
    """A heading as it is compared."""
    return _JOINTS.sub(" ", clean(heading).casefold()).strip()


def is_known(heading: str) -> bool:
    """Whether any kind of file has such a heading."""
    return plain(heading) in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(plain(name) for names in (*ALIASES.values(), *PAIRS.values()) for name in names)


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Where each heading stands first."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(plain(heading), place)
    return places


def _best_first(keys: Collection[str]) -> list[tuple[str, str]]:
    """The headings that columns may have, the best of each before the second of any."""
    ranked = [(rank, name, key) for key in keys for rank, name in enumerate(names_of(key))]
    return [(name, key) for rank, name, key in sorted(ranked, key=itemgetter(0))]


def _claim(found: dict[str, int], key: str, place: int) -> None:
    """Give a place to a column, unless it is another one's."""
    owners = {owner for owner, taken in found.items() if taken == place}
    if not owners or any(owners | {key} == set(pair) for pair in PAIRS):
        found[key] = place


def _whole_names(places: Mapping[str, int], keys: Collection[str], found: Mapping[str, int]) -> dict[str, int]:
    """The column that holds surname and forename in one, if neither has one of its own."""
    for pair, names in PAIRS.items():
        if set(pair) <= set(keys) - found.keys():
            free = [places[plain(name)] for name in names if places.get(plain(name)) not in {None, *found.values()}]
            return dict.fromkeys(pair, free[0]) if free else {}
    return {}
