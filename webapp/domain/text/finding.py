"""Who or what is meant by what somebody types of a name: any part of it, case, accents, apostrophes, hyphens and the
order of the words aside. The one rule of every field that picks a person or a class, here and on tablets."""

from collections.abc import Mapping, Sequence
from typing import Final

from webapp.domain.text.folding import plain

MOST: Final = 20
"""Matches that are offered at once; whoever wants another one types more."""

_UNLIKE: Final = 3


def key_of(texts: Sequence[str]) -> str:
    """What somebody is found by, of all they are called: the plain words between spaces, then, each after a bar, what
    words that follow each other are when they are written as one."""
    whole = [plain(text) for text in texts]
    words: list[str] = []
    joined: list[str] = []
    for text in whole:
        parts = text.split(" ")
        words.extend(parts)
        joined.extend("".join(parts[at:]) for at in range(len(parts) - 1))
    return "|".join([f" {' '.join(dict.fromkeys(words))} ", *dict.fromkeys(joined)])


def found(typed: str, keys: Mapping[str, str]) -> list[str]:
    """The names of all keys that have every typed word in them: first where each is a word, then where each begins one,
    then anywhere, and else as they come. Nothing typed finds nobody."""
    words = [word for word in plain(typed).split(" ") if word]
    ranks = {name: max(_rank(word, key) for word in words) for name, key in keys.items()} if words else {}
    likely = [name for name, rank in ranks.items() if rank < _UNLIKE]
    return sorted(likely, key=lambda name: ranks[name])


def _rank(word: str, key: str) -> int:
    words, *joined = key.split("|")
    if f" {word} " in words:
        return 0
    if f" {word}" in words or any(text.startswith(word) for text in joined):
        return 1
    return 2 if word in words else _UNLIKE
