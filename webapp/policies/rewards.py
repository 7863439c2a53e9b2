"""What a policy pack says of the rewards: cards, tuck shop, reward room, options period, trip, and pathways."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Final

from webapp.domain.attendance.measures import Measure

FIRST: Final = "first"
FIRST_INITIAL: Final = "first-initial"
FULL: Final = "full"
NAME_STYLES: Final = (FIRST, FIRST_INITIAL, FULL)
WINDOWS: Final = ("break", "lunch")
ATTENDANCE: Final = "attendance"
MILESTONE: Final = "milestone"


@dataclass(frozen=True, slots=True)
class CardRules:
    """What is printed on a card: one of the name styles, and whether with a photo."""

    names: str
    photo: bool
    clause: str


@dataclass(frozen=True, slots=True)
class TuckItem:
    """Something a school's tuck shop starts with; `price` is in items of the day's allowance."""

    key: str
    name: str
    price: int
    stock: int
    allergens: tuple[str, ...]
    picture: str


@dataclass(frozen=True, slots=True)
class TuckRules:
    """`void` is how long whoever sold an item can take it back."""

    void: timedelta
    clause: str
    items: tuple[TuckItem, ...]


@dataclass(frozen=True, slots=True)
class RoomRules:
    """The reward room: how many it holds, in which pauses it opens, and to which levels."""

    name: str
    capacity: int
    windows: tuple[str, ...]
    levels: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class OptionRule:
    """One choice for the options period, how many it takes, and the levels it is open to."""

    key: str
    name: str
    capacity: int
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionRules:
    clause: str
    choices: tuple[OptionRule, ...]

    def choice(self, key: object) -> OptionRule | None:
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class TripRules:
    """How many go, and the least share of a student's lessons that must have a mark (D6)."""

    places: int
    least: Fraction
    clause: str


@dataclass(frozen=True, slots=True)
class AwardRule:
    """A reward on a personal pathway: what it is for, `attendance` or a `milestone`, and what it brings. Attendance has
    a measure by which it is proposed."""

    key: str
    kind: str
    name: str
    reward: str
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class PathwayRules:
    """The key stages in which awards are given instead of levels."""

    key_stages: tuple[int, ...]
    clause: str
    awards: tuple[AwardRule, ...]

    def award(self, key: object) -> AwardRule | None:
        return next((award for award in self.awards if award.key == key), None)


@dataclass(frozen=True, slots=True)
class RewardRules:
    cards: CardRules
    tuck: TuckRules
    room: RoomRules
    options: OptionRules
    trip: TripRules
    pathway: PathwayRules
