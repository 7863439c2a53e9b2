"""One stay in a space: handing over and leaving. `error` among the parameters says what the form of the leaving lacks,
`field` where."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webapp.domain.wire.policy import Choice
from webapp.domain.wire.spaces import StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import chrome
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


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> dict[str, Any] | None:
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


def people(tables: Tables, names: list[str]) -> list[dict[str, str]]:
    found = [{"id": name, "name": staff_name(tables, name)} for name in names]
    return sorted(found, key=lambda person: (person["name"], person["id"]))


def choice(rule: Choice, params: Mapping[str, str]) -> dict[str, Any]:
    """Something that may have helped, chosen already if the form was shown before."""
    return {"id": f"helped-{rule['key']}", "name": rule["name"], "chosen": f"helped-{rule['key']}" in params}
