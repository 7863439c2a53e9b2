"""What is wrong with a file, in words that say where and how to put it right."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong place: the line as a spreadsheet numbers it, the column's heading as the file writes it ("" for the
    whole line), what stands there and what was expected."""

    line: int
    column: str
    value: str
    expected: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
