"""Lines that are none of the table: totals and footers below it, its titles and column names once more."""

import re
from collections.abc import Sequence
from typing import Final

from webapp.domain.text.text import clean
from webapp.imports.files.rows import Row
from webapp.imports.problems import Problem

SHOWN: Final = 80  # letters of a line that is told of
MOST_NAMED: Final = 20

_WORDS = re.compile(
    r"(?:grand |sub-?)?totals?\b|count\b|number of\b|sum\b|average\b|mean\b|page \d|printed\b|created\b|produced\b"
    r"|generated\b|exported\b|report\b|end of\b|filter|effective date\b|as at\b|©|\(c\)",
    re.IGNORECASE,
)


def is_aside(row: Row, needed: Sequence[str], is_last: bool) -> bool:
    """Whether a line that cannot be read is rather a total or a footer: of the cells that every line needs, at least
    half are empty. Between others, it must say so as well."""
    is_empty = 2 * sum(not text for text in needed) >= len(needed)
    return is_empty and (is_last or any(_WORDS.match(cell) for cell in row.filled))


def footer_problem(row: Row) -> Problem:
    """What is said of such a line while nobody has decided that it goes."""
    expected = "all that a line needs; a footer or a total can be left out (on the command line: --without-footer)"
    return Problem(row.line, "", line_words(row), expected)


def line_words(row: Row) -> str:
    """What a line holds, the beginning of much."""
    text = clean(" · ".join(row.filled))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def lines_words(rows: Sequence[Row]) -> str:
    """Lines by number and what they hold, the first of many."""
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return ", ".join(f"line {row.line} “{line_words(row)}”" for row in rows[:MOST_NAMED]) + more
