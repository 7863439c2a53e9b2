"""How English schools count years."""

import re
from bisect import bisect_right
from typing import Final

from webapp.domain.time.spread import ALL_YEARS

RECEPTION: Final = 0
"""The year group before year 1. N2 and N1, the years of nursery, come before it."""

# The first year group of key stages 1, 2, 3, 4 and 5; reception and nursery come before them all.
FIRST_YEARS = (1, 3, 7, 10, 12)

_LEADING = re.compile(r"(?:year|yr|y)? ?(\d{1,2})(?!\d)", re.ASCII | re.IGNORECASE)


def key_stage(year: int) -> int:
    """The key stage of a year group: 3 for years 7 to 9, 4 for years 10 and 11."""
    return bisect_right(FIRST_YEARS, year)


def years_of_key_stage(stage: int) -> tuple[int, ...]:
    """The year groups of a key stage, the youngest first."""
    return tuple(sorted(year for year in ALL_YEARS if key_stage(year) == stage))


def years_in_name(group: str) -> tuple[int, ...]:
    """The year group that a class's name begins with, if it does: (8,) for "8x/Ma2"."""
    found = _LEADING.match(group.strip())
    year = int(found[1]) if found else None
    return (year,) if year in ALL_YEARS and year is not None else ()


def year_words(year: int) -> str:
    """A year group as people call it: `Year 8`, `Reception`, `Nursery 2`."""
    if year > RECEPTION:
        return f"Year {year}"
    return "Reception" if year == RECEPTION else f"Nursery {year + 3}"
