"""A card that does not work."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/card.html"


class Context(TypedDict):
    """`scan` is where a card leads that is read next, with {student} for its holder's id."""

    chrome: Chrome
    scan: str


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context:
    to = params["to"]
    return {
        "chrome": chrome(tables, viewer, now, "This card does not work any more", tab=to, back=f"/{to}"),
        "scan": f"/{to}/{{student}}",
    }
