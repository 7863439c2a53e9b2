"""What a file leaves open and people decide: asked in the preview, answered on the command line with an option."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.imports.problems import Problem

Answers = Mapping[str, str]
"""What people decided, by the name of the question."""

NO_ANSWERS: Final[Answers] = {}

MOST_NAMED: Final = 20
MOST_TICKED: Final = 100  # a file that leaves out more is not of everybody

FROM: Final = "from"
"""The name of the question from which day on a file holds, which is answered with a day such as "2027-01-04"."""

GROUP: Final = "group"
"""The name of the question in which registration group those are who are new and have none in the file."""

SAME, NEW = "same", "new"
"""Whether a line is about somebody the school has under another UPN, or about somebody new."""


@dataclass(frozen=True, slots=True)
class Question:
    """One decision: its name, its words, and what can be answered, each with its words. `problem` is what is said while
    nobody has decided."""

    name: str
    words: str
    choices: tuple[tuple[str, str], ...]
    problem: Problem


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody on roll whom a file of everybody does not name."""

    upn: str
    name: str
    about: str


def absent_words(absent: Sequence[Absent]) -> str:
    """Who is on roll and not in a file of everybody, the first by name: "1 on roll is not in this file: Brook, Ben"."""
    names = "; ".join(one.name for one in absent[:MOST_NAMED])
    more = f"; and {len(absent) - MOST_NAMED} more" if len(absent) > MOST_NAMED else ""
    return f"{len(absent)} on roll {'is' if len(absent) == 1 else 'are'} not in this file: {names}{more}"


def same_as(upn: str) -> str:
    """The name of the question whether a UPN's line is about somebody the school has."""
    return f"same-{upn.upper()}"


def is_gone(upn: str) -> str:
    """The tick by which somebody says that a student is no longer at the school."""
    return f"gone-{upn.upper()}"


def left_on(upn: str) -> str:
    """Under which name somebody says from which day a student is no longer at the school."""
    return f"left-{upn.upper()}"
