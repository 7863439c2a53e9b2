"""What an import did, or would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from webapp.domain.footprint import Touch
from webapp.imports.problems import Problem
from webapp.imports.questions import Absent, Question
from webapp.timetable.lessons import Outlook

NONE: Final = Outlook()


@dataclass
class Outcome:
    """How many lines were new, differed from what was there, or said nothing new; or why nothing was done.

    `touches` are the rows it touched, of a rehearsal those that change or go. `lessons` is what a rehearsal says would
    follow for lessons, `run` the number under which an import is remembered, if it did anything. `groups` are named as
    new, `questions` are for people to decide, `absent` are those of whom a file of everybody says nothing, and `notes`
    are sentences for people to read. `start` is the day from which it holds, None from the beginning.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: Sequence[Problem] = ()
    touches: Sequence[Touch] = ()
    lessons: Outlook = NONE
    run: int | None = None
    groups: Sequence[str] = ()
    questions: Sequence[Question] = ()
    absent: Sequence[Absent] = ()
    notes: Sequence[str] = ()
    start: date | None = None

    @property
    def is_news(self) -> bool:
        return bool(self.added or self.changed)

    def as_json(self) -> dict[str, Any]:
        """For programs; what only some files have is there where they have it."""
        sometimes = {
            "new_groups": list(self.groups),
            "questions": [{"name": asked.name, "words": asked.words} for asked in self.questions],
            "absent": [{"upn": one.upn, "name": one.name} for one in self.absent],
            "notes": list(self.notes),
        }
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "problems": [problem.as_json() for problem in self.problems],
        } | {name: rows for name, rows in sometimes.items() if rows}
