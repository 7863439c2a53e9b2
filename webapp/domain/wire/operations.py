"""Operations as screens and taps see them: what is still to be sent, what a person recorded, what was refused."""

from typing import Any, NotRequired, TypedDict


class Operation(TypedDict):
    """The `n`-th operation of a device, recorded by somebody at a moment. What `body` holds depends on the kind."""

    id: str
    n: int
    kind: str
    by: str
    at: str
    body: dict[str, Any]


class OwnOperation(Operation):
    """One that its device remembers: `wall` is when, by the device's own clock; `replaces` the operation it undoes, and
    `unsure` says that the clock was wrong."""

    wall: str
    replaces: str | None
    unsure: NotRequired[bool]


class RefusalRow(Operation):
    """One that the school refused and that nobody has dealt with yet; `reason` is a word, `detail` a sentence."""

    reason: str | None
    detail: str | None
