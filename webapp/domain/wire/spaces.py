"""The reflection spaces, and who asked for them, was in them, or called for help."""

from typing import TypedDict, final

Heard = list[tuple[str, str]]
"""Who heard a call, and when: [(staff, moment), ...]."""


class SpaceRow(TypedDict):
    """`beside` are the ids of its neighbours; `planned`: whether interventions may be planned in it."""

    id: str
    name: str
    key_stage: int
    capacity: int
    beside: list[str]
    planned: bool


@final
class AskRow(TypedDict):
    """`status` is "asked" until the school knows, then "confirmed", "waiting", "entered", "cancelled" or "lapsed".

    `why` is a key of the policy's reasons; `until` the moment to which a confirmed ask is held.
    """

    id: str
    space: str
    student: str
    by: str
    at: str
    status: str
    why: str | None
    until: str | None
    acks: Heard


@final
class StayRow(TypedDict):
    """From `entered` to `left`, both moments. `staff` is the adult named since `staff_since`, None while nobody is.

    `clash`: it turned out to be one too many. `ask` is the one it answered. What helped, and the note, stay at school.
    """

    id: str
    space: str
    student: str
    staff: str | None
    staff_since: str
    entered: str
    left: str | None
    free_to_leave: bool | None
    clash: bool
    by: str
    why: str | None
    ask: str | None
    acks: Heard


class AssistRow(TypedDict):
    """A call for help, in a space or at a `place` in words; either may be missing, and so may the message ("")."""

    id: str
    space: str | None
    place: str
    message: str
    by: str
    at: str
    acks: Heard


class PlanRow(TypedDict):
    """An intervention on a weekday (Monday is 1) from one time of day to another, between two days.

    `kind` is a key of the policy's interventions, `ended` the day from which it no longer takes place.
    """

    id: str
    space: str
    kind: str
    weekday: int
    starts: str
    ends: str
    first: str
    last: str | None
    staff: str | None
    students: list[str]
    by: str
    ended: str | None


class ApartRow(TypedDict):
    """Two students who are not to be next to each other. Its reason stays at school."""

    id: str
    students: list[str]
