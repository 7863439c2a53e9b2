"""Marks."""

from dataclasses import dataclass

from webapp.domain.access.duties import FLOOR, IMPORT
from webapp.domain.access.rights import SCORERS
from webapp.domain.operations.kind import Flag, Kind, Mark, Number, Recording, Student, Words


@dataclass(kw_only=True)
class Scored:
    student: Student
    lesson: Number
    mark: Mark
    was: Mark = None
    undo: Flag | None = None
    why: Words | None = None


SCORE = Kind(
    "score.record",
    "Mark",
    (Scored,),
    # Anybody who teaches may mark any lesson: there are cover and sit-ins.
    Recording(SCORERS, what="mark lessons", where=FLOOR | {IMPORT}),
    section="marks",
    kept="marks",
)
