"""Moments in time: when something happened by a clock that may be wrong, and how instants are written."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2999, 12, 31, tzinfo=UTC)
"""Moments from outside are brought between these two: at the ends of the calendar there is no local time and no day
before or after."""

SLACK: Final = timedelta(minutes=2)
"""How far ahead a time may lie and still count as now: a tablet's clock may be put back after a tap by so much."""

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|\+00:00)")


def happened_at(wall: datetime, device_now: datetime, server_now: datetime) -> datetime:
    """When something happened by the server's clock, never later than `server_now`.

    `wall` and `device_now` are the tablet's clock at the tap and at the push. All three carry a time zone.
    """
    error = server_now - device_now
    try:
        return max(EARLIEST, min(wall + error, server_now))
    except OverflowError:
        return server_now if error.days > 0 else EARLIEST


def parse_instant(text: object) -> datetime | None:
    """The moment an ISO 8601 text in UTC names (`…Z` or `…+00:00`), or None for anything else.

    A moment in a year that no school has known, or will, is taken for the nearest that one might.
    """
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        return min(max(EARLIEST, datetime.fromisoformat(text)), LATEST)
    except ValueError:
        return None


def instant(moment: datetime) -> str:
    """A moment as the protocol writes it: "2026-03-03T10:05:00.000Z"."""
    return as_utc(moment).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def as_utc(moment: datetime) -> datetime:
    """A moment in UTC; one that carries no time zone, as databases return them, already is (D7)."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
