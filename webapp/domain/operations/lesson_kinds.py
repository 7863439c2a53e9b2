"""Lessons: who comes to one that is not their class's."""

from dataclasses import dataclass

from webapp.domain.access.rights import SCORERS
from webapp.domain.operations.kind import Kind, Number, Recording, Student


@dataclass(kw_only=True)
class Joined:
    lesson: Number
    student: Student


GUEST = Kind(
    "lesson.guest",
    "Guest in a lesson",
    (Joined,),
    Recording(SCORERS, what="mark lessons"),
    waiting="Added a guest",
    section="marks",
    kept="marks",
)
