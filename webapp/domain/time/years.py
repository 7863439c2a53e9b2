"""How English schools count years."""

from bisect import bisect_right
from typing import Final

RECEPTION: Final = 0
"""The year group before year 1. N2 and N1, the years of nursery, come before it."""

# The first year group of key stages 1, 2, 3, 4 and 5; reception and nursery come before them all.
FIRST_YEARS = (1, 3, 7, 10, 12)


def key_stage(year: int) -> int:
    """The key stage of a year group: 3 for years 7 to 9, 4 for years 10 and 11."""
    return bisect_right(FIRST_YEARS, year)


def year_words(year: int) -> str:
    """A year group as people call it: `Year 8`, `Reception`, `Nursery 2`."""
    if year > RECEPTION:
        return f"Year {year}"
    return "Reception" if year == RECEPTION else f"Nursery {year + 3}"
