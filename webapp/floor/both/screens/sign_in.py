"""Who is holding this tablet.

Of the parameters, `error` says in words why something failed, `asking` whose PIN is asked for, and `setting` that a
new one did not do.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.access.duties import BROWSER
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.facts import staff_name
from webapp.floor.both.parts.viewer import Provider, Viewer

TEMPLATE = "floor/sign_in.html"


class Person(TypedDict):
    id: str
    name: str


class Context(TypedDict):
    """`field` is the id of the field that `error` speaks of; `asking` whose PIN is asked for. `has_pin` is of the
    holder, `people` are those who can take the tablet up, `providers` whom one may sign in with."""

    chrome: Chrome
    error: str
    field: str
    asking: Person | None
    has_pin: bool
    username: str
    providers: list[Provider]
    people: list[Person]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    school = tables["school"].get("school")
    others = [name for name in viewer.signed_in if name != viewer.staff]
    people: list[Person] = [{"id": name, "name": staff_name(tables, name)} for name in others]
    tablet, asking = viewer.device != BROWSER, params.get("asking", "")
    return {
        "chrome": chrome(
            tables,
            viewer,
            now,
            "Who is holding this tablet?" if tablet else "Sign in",
            sub=school["name"] if school else "",
            tab="sign-in",
        ),
        "error": params.get("error", ""),
        "field": "pin" if asking else "new-pin" if params.get("setting") else "username",
        "asking": {"id": asking, "name": staff_name(tables, asking)} if asking else None,
        "has_pin": viewer.staff in viewer.pins,
        "username": params.get("username", ""),
        "providers": viewer.providers,
        "people": sorted(people, key=lambda person: (person["name"], person["id"])),
    }
