"""The school's row: its name, and the part of its policy that the floor shows."""

from typing import NotRequired, TypedDict


class MarkRule(TypedDict):
    """A mark from 0 to 5, what staff call it, and what it is given for."""

    mark: int
    name: str
    criteria: list[str]


class CodeRule(TypedDict):
    """A word that stands for a mark: "authorised" or "exempt"."""

    mark: str
    name: str


class Level(TypedDict):
    """A level. `threshold` is the least mean, exact, as (numerator, denominator); `tuck_items` are those of a day."""

    key: str
    name: str
    threshold: tuple[int, int]
    tuck_items: int
    clause: str


class Version(TypedDict):
    """The levels from a week on, "" for those before any change of the policy; keys and order never change."""

    week: str
    levels: list[Level]


class Choice(TypedDict):
    """One of the words to choose from."""

    key: str
    name: str


class CallRules(TypedDict):
    """What the spaces are for, and what never; `lapse` and `unnamed` are in minutes."""

    purpose: str
    lapse: int
    unnamed: int
    never: list[str]
    reasons: list[Choice]
    strategies: list[Choice]
    interventions: list[Choice]


class TuckRules(TypedDict):
    """`void`: for how many minutes a till takes back what it sold."""

    void: int


class RoomRules(TypedDict):
    """The reward room: in which kinds of pause it opens ("break", "lunch"), to which levels' keys, and for how many."""

    name: str
    capacity: int
    windows: list[str]
    levels: list[str]


class OptionRule(TypedDict):
    """A choice for the options period, with its places and the keys of the levels it goes with."""

    key: str
    name: str
    capacity: int
    levels: list[str]


class AwardRule(TypedDict):
    """A step on a pathway and the reward for it; `kind` is a key, too."""

    key: str
    kind: str
    name: str
    reward: str


class Pathway(TypedDict):
    """The key stages that have awards instead of levels, such as [4], and these awards."""

    key_stages: list[int]
    awards: list[AwardRule]


class Pause(TypedDict):
    """A break or lunch of the bell schedule, from one time of day to another.

    `days` are those of the week (Monday is 1) and `years` the year groups that have it, `first` and `last` the days
    from and until which it holds; null: all of them, and for ever.
    """

    name: str
    kind: str
    starts: str
    ends: str
    days: NotRequired[list[int] | None]
    years: NotRequired[list[int] | None]
    first: NotRequired[str | None]
    last: NotRequired[str | None]


class TillName(TypedDict):
    """A device that sells."""

    id: str
    name: str


class SchoolRow(TypedDict):
    """`id` is "school". Levels are highest first, and those of today; `versions` is empty until the policy changes.

    `policy` is the name of the pack. `till` is the id of the first till, of `tills` by age.
    """

    id: str
    name: str
    policy: str
    marks: list[MarkRule]
    codes: list[CodeRule]
    levels: list[Level]
    versions: list[Version]
    calls: CallRules
    tuck: TuckRules
    room: RoomRules
    options: list[OptionRule]
    pathway: Pathway
    pauses: list[Pause]
    till: str | None
    tills: list[TillName]
