"""What stands between the cells of a CSV file."""

import re
from typing import Final

DELIMITERS: Final = ",;\t|"

_LOOKED_AT: Final = 40, 100_000  # lines and letters
_QUOTED = re.compile(r'"[^"]*"')
_SAID = re.compile(r'"?sep=([^\w\s"]|\t)"?[,;\t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")


def said_delimiter(text: str) -> tuple[str, str] | None:
    """What a first line such as `sep=;` says to Excel, and the text with that line blank."""
    found = _SAID.match(text)
    return (found[1], "\n" + text[found.end() :]) if found else None


def guessed_delimiter(text: str) -> str:
    """The one that stands in most lines: titles above the column names have none, and names have commas."""
    lines, letters = _LOOKED_AT
    outside = _QUOTED.sub("", text[:letters])
    rows = [line for line in _LINE_END.split(outside) if line.strip()][:lines]

    def weight(delimiter: str) -> tuple[int, int]:
        return sum(delimiter in row for row in rows), sum(row.count(delimiter) for row in rows)

    return max(DELIMITERS, key=weight)
