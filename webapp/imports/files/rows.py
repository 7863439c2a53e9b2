"""One line of a file."""

from typing import NamedTuple


class Row(NamedTuple):
    """One line of a file: its number and its cells, without the space around them."""

    line: int
    cells: list[str]
