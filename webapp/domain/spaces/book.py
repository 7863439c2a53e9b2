"""What is known of the reflection spaces: asks, stays and calls for help, and the school they happen in."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

CONFIRMED: Final = "confirmed"
WAITING: Final = "waiting"
ENTERED: Final = "entered"
CANCELLED: Final = "cancelled"
LAPSED: Final = "lapsed"
LIVE: Final = (CONFIRMED, WAITING)

Acks = tuple[tuple[str, str], ...]
"""Who heard of a call and when, as the protocol writes moments."""


@dataclass(frozen=True, slots=True)
class Event:
    """An operation, recorded `by` somebody `at` a moment and `received` later.

    It speaks of a `moment`, earlier than `at` if it was recorded late, on the `day` that `ends` at midnight. `ahead`:
    it is timed later than it was sent, or than it was recorded.
    """

    id: str
    seq: int
    kind: str
    by: str
    at: datetime
    received: datetime
    body: Mapping[str, Any]
    moment: datetime
    day: date
    ends: datetime
    ahead: bool = False


@dataclass(slots=True)
class Ask:
    """A call for a space. A confirmed one is held `until`; `waited`: it did not get a place at once."""

    id: str
    seq: int
    space: str
    student: int
    why: str | None
    by: str
    at: datetime
    day: date
    ends: datetime
    status: str = WAITING
    until: datetime | None = None
    waited: bool = False
    acks: Acks = ()

    @property
    def deadline(self) -> datetime:
        """When it lapses unless somebody enters."""
        return min(self.until or self.ends, self.ends)


@dataclass(slots=True)
class Stay:
    """A student in a space, with the adult present. One that nobody ended fills the space until `ends`."""

    id: str
    seq: int
    ask: str | None
    space: str
    student: int
    why: str | None
    by: str
    entered: datetime
    day: date
    ends: datetime
    staff: str | None
    staff_since: datetime
    left: datetime | None = None
    left_by: str | None = None
    free_to_leave: bool | None = None
    helped: tuple[str, ...] = ()
    note: str | None = None
    clash: bool = False
    acks: Acks = ()

    def is_present(self, moment: datetime) -> bool:
        return self.entered <= moment < min(self.left or self.ends, self.ends)


@dataclass(slots=True)
class Assist:
    """A call for help from a space or any other place."""

    id: str
    seq: int
    space: str | None
    place: str
    message: str
    by: str
    at: datetime
    day: date
    acks: Acks = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a school knows: places by space, how long one given at a moment is held, its words, and the ids of students
    and staff."""

    places: Mapping[str, int]
    lapse: Callable[[datetime], timedelta]
    reasons: Collection[str]
    never: Collection[str]
    strategies: Collection[str]
    students: Collection[str]
    staff: Collection[str]


@dataclass
class Book:
    """Asks, stays and calls for help by id. What is read must hold every live ask and whole days of stays."""

    asks: dict[str, Ask] = field(default_factory=dict)
    stays: dict[str, Stay] = field(default_factory=dict)
    assists: dict[str, Assist] = field(default_factory=dict)
    _live: dict[str, Ask] = field(default_factory=dict)
    _days: dict[tuple[str, date], list[Stay]] = field(default_factory=dict)

    def add(self, row: Ask | Stay | Assist) -> None:
        if isinstance(row, Ask):
            self.asks[row.id] = row
            if row.status in LIVE:
                self._live[row.id] = row
        elif isinstance(row, Stay):
            self.stays[row.id] = row
            self._days.setdefault((row.space, row.day), []).append(row)
        else:
            self.assists[row.id] = row

    def move(self, stay: Stay, space: str) -> None:
        """Put a stay into the book of another space."""
        self._days[stay.space, stay.day].remove(stay)
        stay.space = space
        self._days.setdefault((space, stay.day), []).append(stay)

    def live(self) -> list[Ask]:
        """The asks that are confirmed or wait, oldest first."""
        self._live = {key: ask for key, ask in self._live.items() if ask.status in LIVE}
        return sorted(self._live.values(), key=lambda ask: ask.seq)

    def stays_on(self, space: str, day: date) -> list[Stay]:
        return self._days.get((space, day), [])

    def present(self, space: str, moment: datetime) -> list[Stay]:
        """Who is in a space at a moment of the last two days."""
        days = (moment.date() - timedelta(days=1), moment.date(), moment.date() + timedelta(days=1))
        return [stay for day in days for stay in self.stays_on(space, day) if stay.is_present(moment)]

    def calls(self) -> Iterator[Mapping[str, Ask | Stay | Assist]]:
        yield from (self.asks, self.stays, self.assists)
