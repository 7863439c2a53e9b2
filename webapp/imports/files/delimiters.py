"""What stands between the cells of a CSV file."""

import re
from collections import Counter
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
    """The one that makes most cells in lines of one width: titles are short, and names have a comma at most."""
    lines, letters = _LOOKED_AT
    outside = _QUOTED.sub("", text[:letters])
    rows = [line for line in _LINE_END.split(outside) if line.strip()][:lines]

    def weight(delimiter: str) -> int:
        widths = Counter(row.count(delimiter) for row in rows)
        return max((width * count for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=weight)
