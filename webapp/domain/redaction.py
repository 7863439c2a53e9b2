"""Taking other people's names out of what somebody wrote, for whoever may read only what is about themselves.

Every form a name is written in goes: in full, turned round, with an initial, and each part of it alone. A part alone is
looked for with its capital letter only, and one that is an ordinary word too ("Will", "Price") not where a sentence
begins, since there every word has one. What is too much gone is better than too little.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from webapp.domain.text import normal, whole

REMOVED: Final = "[another student]"

WORDS: Final = frozenset(
    (
        *("Ada", "Amber", "Art", "April", "Autumn", "Bailey", "Baker", "Banks", "Bell", "Bill", "Bishop", "Black"),
        *("Brook", "Brooks", "Brown", "Chase", "Church", "Cook", "Cross", "Daisy", "Dale", "Dawn", "Day", "Dean"),
        *("Drew", "Faith", "Field", "Fields", "Ford", "Forest", "Frank", "Gale", "Gene", "Grace", "Grant", "Gray"),
        *("Green", "Hardy", "Harvey", "Hazel", "Heath", "Hill", "Holly", "Hope", "Hunter", "Ivy", "Jack", "Jade"),
        *("Joy", "June", "Kay", "King", "Lane", "Lily", "Little", "Long", "Love", "Mark", "Marsh", "Max"),
        *("May", "Miles", "Mills", "Nick", "Oliver", "Page", "Park", "Parker", "Pat", "Peg", "Piper", "Pooler"),
        *("Poppy", "Potter", "Power", "Price", "Rai", "Ray", "Reed", "Rich", "Rob", "Robin", "Rose", "Rowan"),
        *("Ruby", "Sandy", "Sharp", "Short", "Skip", "Stan", "Sky", "Small", "Stone", "Storm", "Sue", "Summer"),
        *("Swift", "Taylor", "Walker", "Ward", "Wells", "West", "White", "Will", "Willow", "Winter", "Wood", "Woods"),
        *("Young"),
    )
)
"""Names that are ordinary words too."""


INSIDE_A_SENTENCE: Final = r"(?<=[\w,;:)”’\"'\]] )"
_WORD = re.compile(r"\w+")


class Redaction:
    """Takes the names of `others` out of texts, but not those that `own` bear: whoever reads them, or else is in them.
    Names are pairs of forename and surname. `count` says how many it has taken out."""

    def __init__(
        self, others: Iterable[tuple[str, str]], own: Iterable[tuple[str, str]], removed: str = REMOVED
    ) -> None:
        others, own = list(others), list(own)
        alone = _others_only(_parts, others, own)
        self.count = 0
        self._removed = removed
        self._finders = (
            _Finder(_others_only(_whole_forms, others, own), flags=re.IGNORECASE),
            _Finder(alone - WORDS),
            _Finder(alone & WORDS, before=INSIDE_A_SENTENCE),
        )

    def __call__(self, text: str) -> str:
        """The text in NFC without the names."""
        text = normal(whole(text))
        for finder in self._finders:
            text, found = finder.replace(text, self._removed)
            self.count += found
        return text


class _Finder:
    """Finds any of many names. Only those are looked for whose first word is in the text: a school has thousands."""

    def __init__(self, names: Iterable[str], before: str = "", flags: int = 0) -> None:
        self._before, self._flags = before, flags
        self._by_word: dict[str, list[str]] = {}
        for name in names:
            for first in _WORD.findall(name.casefold())[:1]:
                self._by_word.setdefault(first, []).append(name)

    def replace(self, text: str, by: str) -> tuple[str, int]:
        """The text with something else for the names, and how many there were."""
        words = self._by_word.keys() & set(_WORD.findall(text.casefold()))
        names = [name for word in words for name in self._by_word[word]]
        return _any_of(names, self._before, self._flags).subn(by, text) if names else (text, 0)


def _others_only(
    forms: Callable[[tuple[str, str]], set[str]], others: Iterable[tuple[str, str]], own: Iterable[tuple[str, str]]
) -> set[str]:
    """The forms of others' names that are none of one's own, large letters or small."""
    kept = {form.casefold() for name in own for form in forms(name)}
    return {form for name in others for form in forms(name) if form.casefold() not in kept}


def _parts(name: tuple[str, str]) -> set[str]:
    """Each part of a name that may stand alone: "Nana Yaa", "Nana", "Osei-Bonsu", "Osei". No single letters, and no
    particles, which begin small or are shared by half a country."""
    found = set()
    for one in name:
        pieces = re.split(r"[\s-]+", one)
        found |= {one, *(piece for piece in pieces if len(piece) > 2 and piece[:1].isupper())}
    return {normal(part) for part in found if len(part) > 1}


def _whole_forms(name: tuple[str, str]) -> set[str]:
    forename, surname = (normal(part) for part in name)
    if not forename or not surname:
        return set()
    return {f"{forename} {surname}", f"{surname} {forename}", f"{surname}, {forename}", f"{forename} {surname[0]}."}


def _any_of(words: Iterable[str], before: str, flags: int) -> re.Pattern[str]:
    """Any of the words, standing by themselves, the longest first; with either apostrophe."""
    forms = [re.sub(r"['’]", "['’]", re.escape(word)) for word in sorted(words, key=len, reverse=True)]
    return re.compile(rf"{before}(?<!\w)(?:{'|'.join(forms)})(?!\w)", flags)
