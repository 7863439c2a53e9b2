"""A card that does not work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import chrome
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/card.html"


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> dict[str, Any]:
    to = params["to"]
    return {
        "chrome": chrome(tables, viewer, now, "This card does not work any more", tab=to, back=f"/{to}"),
        "scan": f"/{to}/{{student}}",
    }
