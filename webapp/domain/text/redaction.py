"""Taking other people's names out of what somebody wrote, for whoever may read only what is about themselves.

Names are compared folded (`folding.py`). Every form a name is written in goes: in full, turned round, with an initial,
and each part of it alone, in any case. A name that is an ordinary word too ("Will", "Price") goes where it has a
capital; in small letters it stays, and is told to the reader like all that only resembles a name. What is too much
gone is better than too little.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from webapp.domain.text.doubts import Doubts
from webapp.domain.text.folding import Token, fold, tokens
from webapp.domain.text.name_forms import parts_of, whole_forms_of

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
        *("Young", "Bird", "Fox", "Wolf", "Rain", "River", "Story", "English", "Day", "Noble", "Savage", "Bright"),
        *("Best", "Good", "Head", "Hand", "Ball", "Bush", "Case", "Close", "Cole", "Dear", "Else", "Ever", "Fry"),
        *("Gold", "Hunt", "Iris", "Land", "Law", "Lee", "Major", "Mason", "Moon", "Moore", "North", "Rock", "Said"),
        *("Sale", "Star", "Strong", "True", "Turner", "Wise", "Wright", "York", "Pearl", "Clay", "Cliff", "Carol"),
    )
)
"""Names that are ordinary words too."""

FUNCTION: Final = frozenset(
    (
        *("a", "an", "and", "as", "at", "be", "but", "by", "can", "do", "for", "had", "has", "he", "her", "him", "his"),
        *("how", "i", "if", "in", "is", "it", "its", "me", "my", "no", "not", "of", "off", "on", "or", "our", "out"),
        *("she", "so", "than", "that", "the", "their", "then", "they", "this", "to", "up", "us", "was", "we", "what"),
        *("when", "who", "why", "with", "you", "are", "all", "did", "new", "old"),
    )
)
"""Words of which a text is made. As a name they go only where they have a capital inside a sentence."""

TITLES: Final = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mx")

_COMMON: Final = frozenset(word.casefold() for word in WORDS) | FUNCTION
_GAP = re.compile(r"[\W_]{0,6}")
_EMAIL = re.compile(r"(?<![\w.+'’-])[\w.+'’-]+@[\w-]+(\.[\w-]+)+")
_BROKEN = re.compile(r"(?:[-\u2010\u2011\u00ad]|(?<=\u00ad))[^\S\n]*\n[^\S\n]*")
"""How a word is broken at the end of a line."""
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_INSIDE = re.compile(r"[\w,;:)”’\"'\]]\s$")
MOST_TOKENS = 24
OTHERS, STAYS, OWN = 1, 0, 2  # of two forms as long, the higher counts
Names = Iterable[tuple[str, str]]


class Redaction:
    """Takes the names of `others` out of texts, but not those that `own` bear: whoever reads them, or else is in them.

    Names are pairs of forename and surname; one that is empty is left out. `also` are other words by which others are
    known: aliases, numbers, addresses. `staff` are named in full or with a title. `count` says how many it has taken
    out; `doubts` counts, by word and reason, what a person should look at.
    """

    def __init__(
        self, others: Names, own: Names, removed: str = REMOVED, also: Iterable[str] = (), staff: Names = ()
    ) -> None:
        self.count, self.doubts = 0, Counter[tuple[str, str]]()
        self._removed = removed
        self._forms: dict[str, dict[int, frozenset[int]]] = {}
        lettered = {word: sum(len(token.word) for token in tokens(word)) > 1 for word in also}
        self._near, self._shared, self._possessive = Doubts(), set[str](), set[str]()
        self._signs = [word.strip() for word, is_lettered in lettered.items() if not is_lettered and _has_picture(word)]
        for person in staff:
            self._add(
                STAYS,
                [" ".join(person), *(f"{title} {person[1]}" for title in TITLES)],
            )
        for person in set(others):
            self._add_other(person)
        self._add(OTHERS, (word for word, is_lettered in lettered.items() if is_lettered))
        for person in set(own):
            self._shared |= self._near.parts & {fold(part) for part in parts_of(person)}
            self._near.forget_initials(person)
            self._add(OWN, [" ".join(person), *parts_of(person)])
            self._add(OWN, whole_forms_of(person), yields=True)

    def __call__(self, text: str) -> str:
        """The text without the names; all else stays letter for letter."""
        spans = self._spans(text)
        self._doubt(text, spans)
        self.count += len(spans)
        for start, end in reversed(spans):
            text = f"{text[:start]}{self._removed}{text[end:]}"
        return text

    def _add(self, rank: int, forms: Iterable[str], yields: bool = False) -> None:
        """Forms with where spaces may divide them. What `yields` is nothing where it reads like another's name: "Jo N."
        does not keep Jon."""
        for form in forms:
            for shapes in (False, True):
                words = [token.word for token in tokens(_CAMEL.sub(" ", form), shapes)]
                ends, length = set(), 0
                for word in words:
                    ends.add(length := length + len(word))
                known = self._forms.setdefault("".join(words), {}) if words else {}
                if not (yields and OTHERS in known):
                    known[rank] = known.get(rank, frozenset()) | ends

    def _add_other(self, person: tuple[str, str]) -> None:
        parts = parts_of(person)
        self._near.add(person, parts)
        self._add(OTHERS, [*whole_forms_of(person), *parts])
        for part in parts:
            word = "".join(token.word for token in tokens(part))
            if len(word) > 2 and word not in _COMMON:
                self._possessive.add(f"{word}s")

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """From where to where names stand that go, in order, none within another."""
        found = {
            span for shapes in (False, *([True] if not text.isascii() else [])) for span in self._read(text, shapes)
        }
        found |= {match.span() for sign in self._signs for match in re.finditer(re.escape(sign), text)}
        addresses = [match.span() for match in _EMAIL.finditer(text)]
        widened = [_within(span, addresses) for span in found]
        spans = list[tuple[int, int]]()
        for start, end in sorted(widened, key=lambda span: (span[0], -span[1])):
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def _read(self, text: str, shapes: bool) -> Iterator[tuple[int, int]]:
        words, at = tokens(text, shapes), 0
        while at < len(words):
            rank, count = self._longest(text, words, at)
            if rank == OTHERS and not self._is_word(text, words[at : at + count]):
                last = words[at + count - 1]
                is_initial = count > 1 and len(last.word) == 1 and text[last.end : last.end + 1] == "."
                yield words[at].start, last.end + is_initial
            at += self._step(text, words, at, count) if rank != OTHERS else count

    def _step(self, text: str, words: list[Token], at: int, count: int) -> int:
        """How far to go on from what stays: not past the beginning of a name that reaches beyond it."""
        for step in range(1, count):
            rank, more = self._longest(text, words, at + step)
            if rank == OTHERS and step + more > count:
                return step
        return max(count, 1)

    def _longest(self, text: str, words: list[Token], at: int) -> tuple[int, int]:
        """What the longest form that stands here is, and how many words it takes; none: 0."""
        best, joined, splits = (STAYS, 0), "", list[int]()
        for count, word in enumerate(words[at : at + MOST_TOKENS], start=1):
            if count > 1:
                before = words[at + count - 2]
                gap = text[before.end : word.start]
                if not _GAP.fullmatch(fold(gap)) or "\n\n" in gap:
                    break
                if _divides(text, before, word):
                    splits.append(len(joined))
            joined += word.word
            ranks = [rank for rank, ends in self._forms.get(joined, {}).items() if ends.issuperset(splits)]
            if ranks:
                best = (max(ranks), count)
        if not best[1] and words[at].word in self._possessive:
            return OTHERS, 1
        return best

    def _is_word(self, text: str, words: list[Token]) -> bool:
        """Whether it is taken for the ordinary word it is too."""
        if len(words) > 1 or (word := words[0].word) not in _COMMON:
            return False
        written = text[words[0].start : words[0].end]
        if written not in (word, word.capitalize(), word.upper()):
            return False  # "gRACE", or in letters that only look so: nobody writes a word like that
        if word in FUNCTION:
            start = words[0].start
            return not (written.istitle() and _INSIDE.search(text[max(start - 2, 0) : start]))
        return written[:1].islower()

    def _doubt(self, text: str, spans: list[tuple[int, int]]) -> None:
        doubts = [(*match.span(), "an e-mail address") for match in _EMAIL.finditer(text)]
        doubts += [(*word[1:], why) for word in tokens(text) if (why := self._ambiguous(text, word))]
        doubts += [doubt for doubt in self._near.found(text) if not self._is_known(text[doubt[0] : doubt[1]])]
        starts = [start for start, _ in spans]
        for begin, end, why in doubts:
            before = bisect_left(starts, end)  # the spans do not overlap, so only the last of these could reach it
            if not before or spans[before - 1][1] <= begin:
                self.doubts[text[begin:end], why] += 1

    def _ambiguous(self, text: str, token: Token) -> str:
        word = token.word
        if word in FUNCTION and text[token.start].islower():
            return ""
        if word in self._shared:
            return "a name that another student shares"
        return "a word that is also a name" if max(self._forms.get(word, ()), default=STAYS) == OTHERS else ""

    def _is_known(self, word: str) -> bool:
        return (folded := fold(word)) in self._forms or folded in FUNCTION


def _has_picture(word: str) -> bool:
    """Whether it has a sign such as a fox, by which alone somebody is known: no full stop, and no plus."""
    return any(not letter.isascii() and unicodedata.category(letter) == "So" for letter in word)


def _divides(text: str, before: Token, word: Token) -> bool:
    """Whether a space divides two words: not after a hyphen at a line's end, nor between letters that are spelt."""
    gap = text[before.end : word.start]
    if len(before.word) == len(word.word) == 1 or _BROKEN.fullmatch(text, before.end, word.start):
        return False
    return any(letter.isspace() for letter in gap)


def _within(span: tuple[int, int], addresses: list[tuple[int, int]]) -> tuple[int, int]:
    """The whole e-mail address a name stands in, or the name."""
    around = (address for address in addresses if address[0] <= span[0] and span[1] <= address[1])
    return next(around, span)
