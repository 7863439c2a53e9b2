"""What a class is called in the next school year."""

import re
from typing import Final

_YEAR: Final = re.compile(r"(?<![0-9])([0-9]{1,2})(?![0-9])")


def next_name(name: str, year: int) -> str:
    """The name with the next year group instead of this one: 8H is 9H, Year 8 Oak is Year 9 Oak. A name that does not
    say the year stays."""
    return _YEAR.sub(lambda found: str(year + 1) if int(found[1]) == year else found[1], name, count=1)
