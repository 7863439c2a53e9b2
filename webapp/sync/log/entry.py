"""An operation on its way into the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.domain.refusal import Refusal


@dataclass(slots=True)
class Entry:
    """One operation being submitted. `ahead`: timed later than it was sent; `unsure`: timed by a clock that was wrong.
    `only_own`: its author may do this to their own alone. `aside`: why it had been put aside, if somebody accepts it
    now. `refusal` is set by the rules; `winner` by the projection of its row when another operation stands instead;
    `subject` names the row it speaks of."""

    seq: int
    device: str
    incarnation: str
    n: int
    kind: str
    by: str
    wall: str
    at: datetime
    received: datetime
    body: dict[str, Any]
    text: str
    base: int | None
    replaces: str | None
    digest: str
    ahead: bool = False
    unsure: bool = False
    only_own: bool = False
    aside: str | None = None
    refusal: Refusal | None = None
    subject: str | None = None
    winner: str | None = None

    @property
    def id(self) -> str:
        return f"{self.device}.{self.incarnation}.{self.n}"
