"""One stay in a space: handing over and leaving. `error` among the parameters says what the form of the leaving lacks,
`field` where."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.wire.policy import Choice
from webapp.domain.wire.spaces import StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import (
    at_clock,
    at_words,
    has_left,
    local_day,
    staff_name,
    student_name,
)
from webapp.floor.both.parts.spaces import is_today, space_name, stay_of
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/stay.html"


class Person(TypedDict):
    id: str
    name: str


class Strategy(TypedDict):
    """Something that may have helped, chosen already if the form was shown before; `id` is its field's."""

    id: str
    name: str
    chosen: bool


class Context(TypedDict):
    """One stay. `over` says how it ended, or "". `adult` says who is named, `named` whether anybody is, `other` whether
    that is not the `holder` (an id). To hand over to: `near` have this tablet too, `staff` are all others. `late`: the
    time must be given; `free` and `when` are what was filled in. `error` speaks of the field `field`."""

    chrome: Chrome
    url: str
    student: str
    over: str
    adult: str
    holder: str
    named: bool
    other: bool
    near: list[Person]
    staff: list[Person]
    strategies: list[Strategy]
    free: str
    late: bool
    when: str
    error: str
    field: str


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    stay = stay_of(tables, now, params["stay"])
    if not stay:
        return None
    others = [name for name in viewer.signed_in if name != viewer.staff]
    student = student_name(tables, stay["student"])
    sub = f"In {space_name(tables, stay['space'])} since {at_words(stay['entered'], now)}"
    return {
        "chrome": chrome(tables, viewer, now, student, sub=sub, tab="spaces", back="/spaces"),
        "url": f"/stay/{stay['id']}",
        "student": student,
        "over": "" if stay["left"] is None else f"{student} left: {at_words(stay['left'], now)}.",
        "adult": adult_words(tables, stay),
        "holder": viewer.staff or "",
        "named": stay["staff"] is not None,
        "other": stay["staff"] != viewer.staff,
        "near": people(tables, [name for name in others if name != stay["staff"]]),
        "staff": people(tables, [name for name in here(tables, now) if name not in (stay["staff"], viewer.staff)]),
        "strategies": [choice(rule, params) for rule in tables["school"]["school"]["calls"]["strategies"]],
        "free": params.get("free", ""),
        "late": not is_today(stay["entered"], now),
        "when": params.get("when", ""),
        "error": params.get("error", ""),
        "field": params.get("field", ""),
    }


def adult_words(tables: Tables, stay: StayRow) -> str:
    at = at_clock(stay["staff_since"])
    return f"With {staff_name(tables, stay['staff'])} since {at}" if stay["staff"] else f"No adult named since {at}"


def here(tables: Tables, now: datetime) -> list[str]:
    """The staff who have not left."""
    return [person["id"] for person in tables["staff"].values() if not has_left(person, local_day(now))]


def people(tables: Tables, names: list[str]) -> list[Person]:
    found: list[Person] = [{"id": name, "name": staff_name(tables, name)} for name in names]
    return sorted(found, key=lambda person: (person["name"], person["id"]))


def choice(rule: Choice, params: Mapping[str, str]) -> Strategy:
    return {"id": f"helped-{rule['key']}", "name": rule["name"], "chosen": f"helped-{rule['key']}" in params}
