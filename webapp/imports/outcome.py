"""What an import did, and how rows are added or changed while counting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.domain.footprint import Touch
from webapp.imports.problems import Problem
from webapp.models import db
from webapp.models.base import Replicated
from webapp.sync.sequence import Sequence as Numbers


@dataclass
class Outcome:
    """How many lines were new, differed from what was there, or said nothing new; or why nothing was done.

    `touches` are the rows it touched, `run` the number under which it is remembered, if it did anything.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: Sequence[Problem] = ()
    touches: Sequence[Touch] = ()
    run: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "problems": [problem.as_json() for problem in self.problems],
        }


def nothing_follows(numbers: Numbers, reopened: Collection[date] = ()) -> None:
    """What a kind of import says from which no lessons follow."""


def merge(outcome: Outcome, model: Any, row: Any, values: Mapping[str, Any], numbers: Numbers) -> None:
    """Add a row (if there is none yet), or change what differs in it; tablets hear only of real changes."""
    if row is None:
        row = model(**values)
        db.session.add(row)
        outcome.added += 1
    elif different := {name: value for name, value in values.items() if getattr(row, name) != value}:
        for name, value in different.items():
            setattr(row, name, value)
        outcome.changed += 1
    else:
        outcome.unchanged += 1
        return
    if isinstance(row, Replicated):
        row.rev = numbers.next()
