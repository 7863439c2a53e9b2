"""Which column is which: the headings that SIMS, Arbor and Bromcom use."""

import re
from collections.abc import Collection, Mapping, Sequence

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
    "day": ("Day", "Weekday", "Day of Week"),
    "period": ("Period", "Lesson", "Period Name"),
    "group": ("Group", "Class", "Class Name", "Teaching Group", "Registration Form", "Tutor Group"),
    "subject": ("Subject", "Subject Name", "Course"),
    "staff": ("Staff", "Staff Code", "Teacher", "Teacher Code", "Username"),
    "score": ("Score", "Mark"),
    "kind": ("Kind", "Type"),
    "name": ("Name",),
    "start": ("Start", "Start Date", "Start Time"),
    "end": ("End", "End Date", "End Time"),
    "date": ("Date", "Lesson Date", "Session Date", "Mark Date", "Attendance Date"),
    "session": ("Session", "AM/PM", "Session Name", "Session Type"),
    "code": ("Code", "Mark", "Attendance Code", "Mark Code", "Attendance Mark", "Session Mark"),
    "minutes_late": ("Minutes Late", "Mins Late", "Late Minutes", "Minutes"),
}
NOT_IN_FILE = ""

_JOINTS = re.compile(r"[\s._-]+")


def find_columns(
    headings: Sequence[str], keys: Collection[str], chosen: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Where each column stands, in any order and case; a column that is missing is left out.

    `chosen` are headings by column that somebody has picked, `NOT_IN_FILE` if none is meant. One that the file does not
    have says nothing.
    """
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(_plain(heading), place)
    found = {key: _place(places, key, (chosen or {}).get(key)) for key in keys}
    return {key: place for key, place in found.items() if place is not None}


def names_of(key: str) -> tuple[str, ...]:
    """The headings a column may have, best first."""
    return ALIASES[key]


def _place(places: Mapping[str, int], key: str, chosen: str | None) -> int | None:
    if chosen == NOT_IN_FILE:
        return None
    names = [_plain(name) for name in ([chosen] if chosen else []) + list(names_of(key))]
    return next((places[name] for name in names if name in places), None)


def _plain(heading: str) -> str:
    return _JOINTS.sub(" ", clean(heading).casefold()).strip()
