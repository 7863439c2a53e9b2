"""What levels and awards open to students, and what they had of it."""

from typing import TypedDict


class CardRow(TypedDict):
    """`id` is the student's; `key` the first 24 hexadecimal digits of the SHA-256 of the card's token."""

    id: str
    student: str
    key: str


class ItemRow(TypedDict):
    """Something in the tuck shop. `price` is how many items it counts as, `stock` what the shelf should hold."""

    id: str
    name: str
    price: int
    stock: int
    allergens: list[str]
    picture: str


class RedemptionRow(TypedDict):
    """An item that a student took, for its price at the time, on the till `device`; `void`: it was taken back."""

    id: str
    student: str
    item: str
    price: int
    day: str
    device: str
    by: str
    at: str
    void: bool


class TillRow(TypedDict):
    """Which device sells to a group (`id` is the group's), and which one waits for it to let go."""

    id: str
    group: str
    device: str
    to: str | None


class AdmissionRow(TypedDict):
    """Somebody let into the reward room. `window` is a day and a kind of pause, "2026-03-03/break"; `left` a moment.

    `again`: two tablets let the student in at the same time.
    """

    id: str
    student: str
    window: str
    by: str
    at: str
    left: str | None
    again: bool


class ChoiceRow(TypedDict):
    """What a student chose for a week's options period; `id` is "<student>.<week>", None a choice taken back."""

    id: str
    student: str
    week: str
    choice: str | None
    by: str
    at: str


class AwardRow(TypedDict):
    """A step on a pathway that was rewarded; `award` is a key of the policy's awards, `note` may be ""."""

    id: str
    student: str
    award: str
    note: str
    day: str
    by: str
