"""How to put Reachable on a tablet's home screen."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome
from webapp.floor.both.parts.viewer import Viewer

TEMPLATE = "floor/install.html"


class Context(TypedDict):
    chrome: Chrome


def context(tables: Tables, viewer: Viewer, now: datetime, _params: Mapping[str, str]) -> Context | None:
    return {"chrome": chrome(tables, viewer, now, "Put Reachable on this tablet", back="/today")}
