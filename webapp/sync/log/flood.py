"""How much that cannot be used a tablet may send in a day. All of it is kept for somebody to look at, so there must be
an end to it: far above what a tablet that is out of order sends, and far below what stops a school.

A tablet that was away for its 14 days, with six lessons of a dozen students in each and two taps for each mark, holds
some 1,500 entries.
"""

from typing import Final

from webapp.domain.refusal import Refusal
from webapp.models import Device
from webapp.school import audit, clock

MOST_ENTRIES: Final = 5_000
MOST_LETTERS: Final = 5_000_000  # of what they say

TOO_MUCH: Final = Refusal(
    "too-much",
    "This tablet has sent more today that could not be used than the school keeps of one day. What it still holds stays"
    " on it. It tries again tomorrow, or once the office has settled what came.",
)
TROUBLE: Final = (
    "It sent more in one day that could not be used than is kept. Look at it under Needs attention, and enrol it again."
)


def is_full(device: Device) -> bool:
    """Whether nothing more that is bad is taken from a tablet today."""
    return device.bad_day == clock.today() and (
        device.bad_entries >= MOST_ENTRIES or device.bad_letters >= MOST_LETTERS
    )


def count(device: Device, entries: int, letters: int) -> None:
    """Note that so many entries were refused or put aside; with the one that is too many the office hears of it."""
    if device.bad_day != clock.today():
        device.bad_day, device.bad_entries, device.bad_letters = clock.today(), 0, 0
    was_full = is_full(device)
    device.bad_entries += entries
    device.bad_letters += letters
    if is_full(device) and not was_full:
        device.trouble = TROUBLE
        audit.note("tablet.flood", f"tablet:{device.id}", entries=str(device.bad_entries))


def forgive(device: Device) -> None:
    """Begin to count anew, since somebody has dealt with what came."""
    device.bad_entries = device.bad_letters = 0
    if device.trouble == TROUBLE:
        device.trouble = None
