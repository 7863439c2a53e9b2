"""Who is holding this tablet.

Of the parameters, `error` says in words why something failed, `asking` whose PIN is asked for, and `setting` that a
new one did not do.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webapp.domain.access.duties import BROWSER
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import chrome
from webapp.floor.both.parts.facts import staff_name
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/sign_in.html"


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> dict[str, Any] | None:
    school = tables["school"].get("school")
    others = [name for name in viewer.signed_in if name != viewer.staff]
    people = [{"id": name, "name": staff_name(tables, name)} for name in others]
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
