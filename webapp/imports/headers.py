"""Which column is which: the headings that SIMS, Arbor and Bromcom use."""

import re
from collections.abc import Collection, Sequence

from webapp.domain.text import clean

# Best first: a file that has both "Legal Surname" and "Surname" means the former.
ALIASES: dict[str, tuple[str, ...]] = {
    "upn": ("upn", "unique pupil number"),
    "admission": ("admission number", "admission no", "adm no", "adm number"),
    "legal_surname": ("legal surname", "legal last name", "surname", "last name"),
    "legal_forename": ("legal forename", "legal first name", "forename", "first name"),
    "preferred_surname": ("preferred surname", "preferred last name"),
    "preferred_forename": ("preferred forename", "preferred first name"),
    "year": ("year group", "year", "nc year", "national curriculum year"),
    "reg": ("registration form", "registration group", "reg group", "reg", "tutor group", "form", "group"),
    "joined": ("date of admission", "admission date"),
    "left": ("date of leaving", "leaving date"),
    "username": ("username", "user name"),
    "surname": ("surname", "last name", "legal surname", "legal last name"),
    "forename": ("forename", "first name", "legal forename", "legal first name"),
}

_JOINTS = re.compile(r"[\s._-]+")


def find_columns(headings: Sequence[str], keys: Collection[str]) -> dict[str, int]:
    """Where each column stands, in any order and case; a column that is missing is left out."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(_plain(heading), place)
    found = {key: next((places[name] for name in names_of(key) if name in places), None) for key in keys}
    return {key: place for key, place in found.items() if place is not None}


def names_of(key: str) -> tuple[str, ...]:
    """The headings a column may have, best first."""
    return ALIASES.get(key, (key,))


def _plain(heading: str) -> str:
    return _JOINTS.sub(" ", clean(heading).casefold()).strip()
