"""What tells people of one name apart, wherever both can appear: an initial, the group, the admission number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from webapp.domain.text.text import sort_key


class Bearer(NamedTuple):
    """Somebody with the name they go by, their legal forenames, their group's name, and a number nobody else has."""

    id: int
    name: str
    forenames: str
    group: str
    number: str


def told_apart(people: Iterable[Bearer]) -> Mapping[int, str]:
    """What is written beside the name of everybody who shares it, by id. Case and accents tell nobody apart."""
    by_name: defaultdict[str, list[Bearer]] = defaultdict(list)
    for one in people:
        by_name[sort_key(one.name)].append(one)
    return {id: words for alike in by_name.values() if len(alike) > 1 for id, words in _apart(alike).items()}


def _apart(alike: Sequence[Bearer]) -> dict[int, str]:
    """By the first way in which all differ; else by group, and by number where the group is the same, too."""
    for way in (_initial, _group):
        words = [way(one) for one in alike]
        if all(words) and len({sort_key(word) for word in words}) == len(words):
            return {one.id: word for one, word in zip(alike, words, strict=True)}
    groups = Counter(sort_key(one.group) for one in alike)
    return {one.id: _group(one) if groups[sort_key(one.group)] == 1 else f"{one.group}, {one.number}" for one in alike}


def _initial(one: Bearer) -> str:
    """Of a second forename, or of a first one that is not the one they go by."""
    first, *others = one.forenames.split() or [""]
    if others:
        return f"{others[0][:1]}."
    return "" if sort_key(one.name).startswith(sort_key(first)) else f"{first[:1]}."


def _group(one: Bearer) -> str:
    return one.group
