"""The forms in which a name is written: in full, in parts, and with initials. A name is a forename and a surname."""

import re
from typing import Final

from webapp.domain.text.folding import fold

PARTICLES: Final = frozenset(
    (
        *("al", "ap", "bin", "da", "de", "del", "der", "di", "du", "el", "ibn", "la", "le", "los"),
        *("mac", "mc", "o", "st", "van", "von", "y"),
    )
)

MOST_PIECES: Final = 4
"""Of longer names not every pair of pieces is a form of its own."""

_MAC = re.compile(r"(?i:ma?c)\s?(\w{3,})")


def parts_of(name: tuple[str, str]) -> set[str]:
    """Each part of a name that may stand alone: "Nana Yaa", "Nana", "Osei-Bonsu", "Osei". No single letters, and no
    particles, which begin small or are shared by half a country. "McDonald" is "Mc Donald" and "MacDonald", too."""
    found = set()
    for whole in name:
        found |= {whole, *(piece for piece in _pieces(whole) if not piece[:1].islower() or whole.islower())}
    found |= {f"{mac}{match[1]}" for part in found if (match := _MAC.fullmatch(part)) for mac in ("Mc ", "Mac ", "M’")}
    return {part for part in found if len(fold(part).strip()) > 1}


def _pieces(name: str) -> list[str]:
    return [piece for piece in re.split(r"[\s\-\u2010-\u2015]+", name) if piece and fold(piece) not in PARTICLES]


def whole_forms_of(name: tuple[str, str]) -> set[str]:
    """The name in full, turned round, with initials, and with one surname of two."""
    forename, surname = (part.strip() for part in name)
    if not forename or not surname:
        return set()
    first, *more = _pieces(forename)[:MOST_PIECES] or [forename]
    initials = " ".join(piece[0] for piece in more)
    forenames = {forename, first, first[0], *more, *([f"{first} {initials}", f"{first[0]} {initials}"] if more else [])}
    surnames = {surname, *_pieces(surname)[:MOST_PIECES]}
    pairs = {(one, other) for one in forenames for other in surnames}
    forms = {f"{one} {other}" for one, other in pairs} | {f"{other} {one}" for one, other in pairs}
    return forms | {f"{one} {surname[0]}" for one in (forename, first)} | ({f"{first} {initials}"} if more else set())
