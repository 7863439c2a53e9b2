"""The floor's screens. Each has its template in templates/floor/.

`context` turns rows into all that the template needs, ready to be printed, as `Context` says; None: there is no
such page. Which rows Flask gives it, `webapp/floor/load/screens.py` says.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.viewer import Viewer

Params = Mapping[str, str]
"""The parts of an address by their names, and what was filled in where a form is shown again."""


class Screen(Protocol):
    """A module of this package."""

    TEMPLATE: str

    def context(
        self, tables: Tables, viewer: Viewer, now: datetime, params: Params, /
    ) -> Mapping[str, object] | None: ...
