"""How to put Reachable on a tablet's home screen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webapp.floor import tables as database
from webapp.floor.chrome import chrome
from webapp.floor.facts import Tables
from webapp.floor.viewer import Viewer

TEMPLATE = "floor/install.html"


def load(_params: Mapping[str, str], viewer: Viewer) -> Tables:
    return database.load(viewer)


def context(tables: Tables, viewer: Viewer, now: datetime, _params: Mapping[str, str]) -> dict[str, Any] | None:
    return {"chrome": chrome(tables, viewer, now, "Put Reachable on this tablet", back="/today")}
