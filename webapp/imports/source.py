"""Where the lines of an import come from, and what was said beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines come from: the file's name, who brings it ("" for the command line), the headings they picked for our
    columns, and from which day on they hold; None: from today."""

    file: str = ""
    by: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    start: date | None = None
