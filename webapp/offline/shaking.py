"""Leaves out of a script what nothing in it names: most of what stands for Python's functions is needed, not all.

A file is understood as what its layout says: every declaration begins a line, and what follows belongs to it.
"""

import re
from collections.abc import Iterable, Sequence

BEGINS = re.compile(r"^(?=(?:async )?(?:function\*?|class|const) \w)", re.MULTILINE)
NAMED = re.compile(r"(?:async )?(?:function\*?|class|const) (\w+)")
COMMENT = re.compile(r"^(?://.*|/\*\*(?:.|\n)*?\*/)\n", re.MULTILINE)
WORD = re.compile(r"[\w$]+")


def without_unused(library: Iterable[str], rest: Iterable[str]) -> list[str]:
    """The texts of the library without the declarations that neither `rest` nor what is left of it names."""
    declared = [_declarations(text) for text in library]
    kept = _named(declared, {word for text in rest for word in WORD.findall(text)})
    return ["".join(part for part in parts if _name(part) in kept) for parts in declared]


def _declarations(text: str) -> list[str]:
    return BEGINS.split(COMMENT.sub("", text))[1:]


def _named(declared: Sequence[Sequence[str]], words: set[str]) -> set[str]:
    """The names of the declarations that are asked for, by way of others too."""
    waiting = {_name(part): part for parts in declared for part in parts}
    kept: set[str] = set()
    while found := words & waiting.keys():
        kept |= found
        words = {word for name in found for word in WORD.findall(waiting.pop(name))}
    return kept


def _name(declaration: str) -> str:
    found = NAMED.match(declaration)
    assert found
    return found[1]
