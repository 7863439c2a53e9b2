"""What "Undo" takes back: the last tap not yet undone, even if it marked a whole class."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from webapp.domain.marks.marks import Mark


@dataclass(frozen=True, slots=True)
class Step:
    """One of a person's own marks on one lesson.

    `was` is the mark shown at the tap; `undoes` is the op that an undo takes back, None for an ordinary mark.
    """

    op: str
    student: str
    wall: str
    undoes: str | None
    was: Mark


def last_gesture(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps to take back, latest first; empty when there is nothing left to undo.

    `steps` are in the order they were made; the marks made by one tap share their `wall`. For each step
    returned, in that order, an undo records the mark `was` and replaces `op`. Leave out students whose mark
    somebody else has changed since: undo must not take back what another person knew better.
    """
    undone = {step.undoes for step in steps}
    left = [step for step in reversed(steps) if step.undoes is None and step.op not in undone]
    return tuple(takewhile(lambda step: step.wall == left[0].wall, left))
