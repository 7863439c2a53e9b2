"""What the door of the reward room answers (policy 4.1)."""

from collections.abc import Collection
from enum import StrEnum


class Answer(StrEnum):
    """Of these, staff may still let a student in who finds it full."""

    WELCOME = "welcome"
    INSIDE = "inside"
    FULL = "full"
    CLOSED = "closed"
    NOT_NOW = "not-now"


def judge_door(
    level: str | None, levels: Collection[str], *, is_open: bool, is_inside: bool, inside: int, capacity: int
) -> Answer:
    """The answer to a student with a level on the day, within limits set by staff; `levels` open the room.

    While the room is closed nobody hears about levels: it is closed to all.
    """
    if is_inside:
        return Answer.INSIDE
    if not is_open:
        return Answer.CLOSED
    if level not in levels:
        return Answer.NOT_NOW
    return Answer.FULL if inside >= capacity else Answer.WELCOME
