"""Who looks at a screen, and from where."""

from dataclasses import dataclass, field
from typing import TypedDict

from webapp.domain.wire.operations import OwnOperation


class Provider(TypedDict):
    """Another service to sign in with."""

    key: str
    name: str


@dataclass(frozen=True)
class Viewer:
    """The device a screen is shown on and the person who holds it (None: nobody).

    `signed_in` are those who may hold it, `own` what they recorded on it, in order. `on_call`: the person wants every
    call for help. `heard` is when the school last spoke. `duty` is what the device is for: "floor", "till" or
    "reception". `waiting` and `trouble` only a tablet knows: what Flask is asked for is at school already. `pins` are
    those who must type one to take the tablet up, `providers` whom one may sign in with where it is none. `doubtful`:
    the tablet may be in other hands by now, and nothing is recorded before they say so.
    """

    device: str
    incarnation: str
    staff: str | None
    signed_in: list[str] = field(default_factory=list)
    waiting: list[OwnOperation] = field(default_factory=list)
    own: list[OwnOperation] = field(default_factory=list)
    trouble: str | None = None
    on_call: bool = False
    doubtful: bool = False
    heard: str | None = None
    duty: str = "floor"
    pins: list[str] = field(default_factory=list)
    providers: list[Provider] = field(default_factory=list)
