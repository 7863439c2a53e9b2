"""What a student may take from the tuck shop in a day, and who may take a sale back (policy 4.1)."""

from datetime import datetime, timedelta
from typing import Final

from webapp.domain.refusal import Refusal

OVER_ALLOWANCE: Final = Refusal("over-allowance", "This is more than is left for this student today.")
TOO_LATE: Final = Refusal("too-late", "It was sold a while ago. The office or the tuck shop can take it back.")
NOT_HERE: Final = Refusal("not-allowed", "It was sold on another tablet. The office or the tuck shop can take it back.")


def left_of(allowance: int, taken: int) -> int:
    """What is left of a day's allowance; nothing where a limit came after more was taken (D4, D5)."""
    return max(0, allowance - taken)


def judge_sale(price: int, taken: int, allowance: int) -> Refusal | None:
    """Why an item cannot be sold, if so. `taken` is what the day's standing sales counted, all in items."""
    return OVER_ALLOWANCE if price > left_of(allowance, taken) else None


def judge_void(sold: datetime, at: datetime, within: timedelta, *, here: bool, always: bool) -> Refusal | None:
    """Why a sale cannot be taken back, if so.

    `here`: on the device that sold it. `always`: by somebody whose role may take back any sale at any time.
    """
    if always:
        return None
    if not here:
        return NOT_HERE
    return TOO_LATE if at - sold > within else None
