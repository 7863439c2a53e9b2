"""A card that does not work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webapp.floor import tables as database
from webapp.floor.chrome import chrome
from webapp.floor.facts import Tables
from webapp.floor.viewer import Viewer

TEMPLATE = "floor/card.html"


def load(_params: Mapping[str, str], viewer: Viewer) -> Tables:
    return database.load(viewer)


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> dict[str, Any]:
    to = params["to"]
    return {
        "chrome": chrome(tables, viewer, now, "This card does not work any more", tab=to, back=f"/{to}"),
        "scan": f"/{to}/{{student}}",
    }
