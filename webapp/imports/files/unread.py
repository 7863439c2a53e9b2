"""The columns of a file that are not read, in words: nothing is passed over in silence."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from webapp.domain.text.text import clean
from webapp.imports.files.headers import ALIASES, PAIRS, names_of, plain
from webapp.imports.files.rows import Row

MOST_NAMED: Final = 20
_CLOSE: Final = 0.8  # of 1; a slip of the pen in a word


def unread(
    headings: Sequence[str], places: Mapping[str, int], keys: Collection[str], left_out: Collection[str]
) -> list[str]:
    """What people should know of the columns that are not read; `places` are those that are, by column, `left_out` the
    columns that somebody said are not in the file."""
    notes, others = [], []
    for place, heading in enumerate(headings):
        if heading and place not in places.values():
            why = _why(place, headings, places, [key for key in keys if key not in left_out])
            notes += [f"“{clean(heading)}” is not read: {why}."] if why else []
            others += [] if why else [clean(heading)]
    return [*notes, *([f"Not read: {listed(others)}."] if others else [])]


def nameless(headings: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The columns without a name that hold something."""
    empty = [place for place, heading in enumerate(headings) if not heading]
    held = [place for place in empty if any(place < len(row.cells) and row.cells[place] for row in rows)]
    return [f"Column {place + 1} has no name and is not read." for place in held[:MOST_NAMED]]


def listed(words: Sequence[str]) -> str:
    """Words in quotation marks, the first of many."""
    more = f" and {len(words) - MOST_NAMED} more" if len(words) > MOST_NAMED else ""
    return ", ".join(f"“{word}”" for word in words[:MOST_NAMED]) + more


def _why(place: int, headings: Sequence[str], places: Mapping[str, int], keys: Collection[str]) -> str:
    """Why a column that could matter is not read; nothing for one that could not."""
    name = plain(headings[place])
    if name in (plain(heading) for heading in headings[:place]):
        return "its name stands here twice, and the first column of that name counts"
    owner = next((key for key in keys if key in places and name in map(plain, names_of(key))), None)
    if owner:
        return f"“{clean(headings[places[owner]])}” is"
    if any(name in map(plain, names) and set(pair) <= places.keys() for pair, names in PAIRS.items()):
        return "surname and forename have columns of their own"
    alike = next(_alike(name, keys), None)
    if alike:
        return f"it looks like “{alike}”, and can be picked for it"
    is_other = any(name in map(plain, names_of(key)) for key in ALIASES if key not in keys)
    return "another kind of file has such a column" if is_other else ""


def _alike(name: str, keys: Collection[str]) -> Iterator[str]:
    """The headings that a name resembles: by its letters, or as it has all their words and more."""
    known = {plain(heading): heading for key in keys for heading in names_of(key)}
    words = set(name.split())
    yield from (known[match] for match in get_close_matches(name, known, 1, _CLOSE))
    yield from (heading for match, heading in known.items() if " " in match and set(match.split()) <= words)
