"""Words that only resemble a name: they stay in a text, and are told to whoever reads it before it is given away."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from webapp.domain.text.folding import Token, fold, tokens

Doubt = tuple[int, int, str]
"""From where to where in the text, and why a person should look."""

LONG_ENOUGH: Final = 5
"""Letters a name has at least, of which a word that differs in one is told in small letters too; and a name that is
looked for inside longer words."""

LONGEST: Final = 24
"""Letters beyond which a word is compared with no name."""

NICKNAMES: Final[dict[str, tuple[str, ...]]] = {
    "bob": ("robert",),
    "bobby": ("robert",),
    "bill": ("william",),
    "billy": ("william",),
    "will": ("william",),
    "dick": ("richard",),
    "ted": ("edward", "theodore"),
    "ned": ("edward",),
    "jim": ("james",),
    "jimmy": ("james",),
    "jack": ("john",),
    "harry": ("henry", "harold"),
    "hal": ("henry",),
    "chuck": ("charles",),
    "gus": ("angus", "augustus"),
    "tony": ("anthony", "antony"),
    "mike": ("michael",),
    "mick": ("michael",),
    "kate": ("katherine", "catherine", "kathryn"),
    "katie": ("katherine", "catherine", "kathryn"),
    "kitty": ("katherine", "catherine"),
    "liz": ("elizabeth",),
    "beth": ("elizabeth",),
    "betty": ("elizabeth",),
    "lizzie": ("elizabeth",),
    "peggy": ("margaret",),
    "maggie": ("margaret",),
    "meg": ("margaret", "megan"),
    "molly": ("mary",),
    "polly": ("mary",),
    "sally": ("sarah",),
    "nell": ("eleanor", "helen", "ellen"),
    "nora": ("eleanor", "honora"),
    "tina": ("christina",),
    "sandy": ("alexander", "alexandra"),
    "sasha": ("alexander", "alexandra"),
    "lexi": ("alexandra",),
    "mo": ("mohammed", "muhammad", "mohamed"),
    "fred": ("alfred", "frederick"),
    "bert": ("albert", "robert", "herbert"),
    "bella": ("isabella", "arabella"),
    "becca": ("rebecca",),
    "becky": ("rebecca",),
    "steve": ("stephen",),
    "geoff": ("geoffrey",),
}
"""Short names that do not begin like the long ones, folded."""

_ENDING = re.compile(r"(?:ie|ey|[yiszo])$")
_CAMEL = re.compile(r"[A-Z][a-z]+")
_DIGITS_FOR_LETTERS = str.maketrans("01345$7@!", "oieasstai")
_PERHAPS_DISGUISED = re.compile(r"[\w@$!]+")
_BETWEEN_INITIALS = re.compile(r"[.\s-]{0,3}")
_INSIDE_A_NAME = re.compile(r"[^\w\s.,;:]")


class Doubts:
    """Finds in texts what resembles the names that were added. `parts` are all of their parts, folded."""

    def __init__(self) -> None:
        self.parts = set[str]()
        self._near: dict[str, set[str]] = {}
        self._initials = set[str]()
        self._known: dict[str, str] = {}

    def add(self, person: tuple[str, str], parts: Collection[str]) -> None:
        """Somebody with forename and surname; `parts` of the name may stand alone."""
        self._initials |= initials_of(person)
        for part in parts:
            word = "".join(token.word for token in tokens(part))
            self.parts.add(word)
            if len(word) >= LONG_ENOUGH - 1:
                for short in _shortened(word):
                    self._near.setdefault(short, set()).add(word)

    def forget_initials(self, person: tuple[str, str]) -> None:
        """Whoever it is about may have their own initials."""
        self._initials -= initials_of(person)

    def found(self, text: str) -> Iterator[Doubt]:
        """What in a text resembles a name; some of it may lie within another."""
        words = tokens(text)
        for at, word in enumerate(words):
            if why := self._like(text[word.start : word.end], word.word):
                yield word.start, word.end, why
            elif why := self._like_with_next(text, words[at : at + 2]):
                yield word.start, words[at + 1].end, why
        yield from self._found_initials(text, words)
        for match in _PERHAPS_DISGUISED.finditer(text):
            plain = match[0].translate(_DIGITS_FOR_LETTERS)
            if len(plain) > 2 and plain != match[0] and not match[0].isdigit() and fold(plain) in self.parts:
                yield *match.span(), "a name with digits or signs for letters"

    def _like(self, written: str, word: str) -> str:
        if written not in self._known:
            self._known[written] = self._resembles(written, word)
        return self._known[written]

    def _resembles(self, written: str, word: str) -> str:
        has_capital = written[:1].isupper()
        if any(_differ_in_one(word, name) for name in self._neighbours(word, LONG_ENOUGH - has_capital)):
            return "differs from a name in one letter"
        if has_capital and 2 < len(word) <= LONGEST and self._is_short_for_one(word):
            return "perhaps short for a name"
        return "has a name in it" if self._has_one_in_it(written, word) else ""

    def _like_with_next(self, text: str, pair: list[Token]) -> str:
        """As O’Neill is like O’Neil: two words with an apostrophe or a hyphen between."""
        if len(pair) < 2 or not _INSIDE_A_NAME.fullmatch(fold(text[pair[0].end : pair[1].start])):
            return ""
        word = pair[0].word + pair[1].word
        near = any(_differ_in_one(word, name) for name in self._neighbours(word, LONG_ENOUGH))
        return "differs from a name in one letter" if near else ""

    def _neighbours(self, word: str, length: int) -> set[str]:
        if not length - 1 <= len(word) <= LONGEST:
            return set()
        return {name for short in _shortened(word) for name in self._near.get(short, ()) if len(name) >= length}

    def _is_short_for_one(self, word: str) -> bool:
        stem = _ENDING.sub("", word)
        if stem != word and stem[-2:-1] == stem[-1:]:  # Benny, Tommy
            stem = stem[:-1]
        stems = (word, stem) if len(stem) > 2 else (word,)
        return any(name.startswith(stems) and name != word for name in self.parts) or not self.parts.isdisjoint(
            NICKNAMES.get(word, ())
        )

    def _has_one_in_it(self, written: str, word: str) -> bool:
        if any(fold(piece) in self.parts for piece in _CAMEL.findall(written) if 2 < len(piece) < len(written)):
            return True
        if written[:1].isupper() and word[: LONG_ENOUGH - 1] in self.parts and len(word) > LONG_ENOUGH:
            return True
        return any(
            word[start:end] in self.parts
            for start in range(len(word) - LONG_ENOUGH + 1)
            for end in range(start + LONG_ENOUGH, min(len(word), start + LONGEST) + 1)
        )

    def _found_initials(self, text: str, words: list[Token]) -> Iterator[Doubt]:
        """Capitals alone, "EM" or "E. M.", that some student's name begins with."""
        run: list[Token] = []
        for word in words:
            is_one = len(word.word) == 1 and text[word.start].isupper()
            if run and is_one and len(run) < 4 and _BETWEEN_INITIALS.fullmatch(text[run[-1].end : word.start]):
                run.append(word)
            else:
                run = [word] if is_one else []
            if "".join(one.word for one in run) in self._initials:
                yield run[0].start, word.end, "perhaps initials of a name"
            elif 1 < len(word.word) < 5 and word.word in self._initials and text[word.start : word.end].isupper():
                yield word.start, word.end, "perhaps initials of a name"


def initials_of(person: tuple[str, str]) -> set[str]:
    """The first letters of a name, of two words or more: "em", and of all its words."""
    forename, surname = ([token.word for token in tokens(part)] for part in person)
    if not forename or not surname:
        return set()
    return {forename[0][0] + surname[0][0], "".join(word[0] for word in (*forename, *surname))}


def _shortened(word: str) -> set[str]:
    """The word, and the word with each of its letters left out: two that share one of these are alike."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _differ_in_one(one: str, other: str) -> bool:
    """Whether a letter more, a letter less, another letter or two letters swapped makes one of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    pairs = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other):
        return True
    return len(pairs) == 1 or (
        len(pairs) == 2 and one[pairs[0]] == other[pairs[1]] and one[pairs[1]] == other[pairs[0]]
    )
