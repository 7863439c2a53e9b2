"""The list of tablets as the office reads it, with what is wrong about each in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from webapp.domain.text.text import clean
from webapp.domain.text.words import age_words, count_words
from webapp.models import Device, db
from webapp.models.device import OWN_DEVICES
from webapp.office.parts.paging import page_of
from webapp.offline.bundle import fault_in_words
from webapp.school import audit
from webapp.sync.devices.devices import LONGEST_NAME
from webapp.sync.log.revisions import writing

SKEW_TO_MENTION = 120_000  # milliseconds
MINUTE = 60_000
SILENT_FOR = timedelta(days=4)  # longer than a weekend
NEARLY_FULL = 0.9  # of what the browser lets a tablet keep
DUTIES = {
    "floor": "Lessons and spaces",
    "till": "Tuck shop till",
    "reception": "Reception",
    "door": "Door of the reward room",
    "kiosk": "Kiosk for cards",
    "hall": "Board in the hall",
}


def page(now: datetime, asked: int) -> dict[str, Any]:
    """A page of all tablets ever enrolled, the newest first."""
    query = select(Device).where(Device.id.not_in(OWN_DEVICES))
    found = page_of(query.order_by(Device.enrolled_at.desc(), Device.id.desc()), asked)
    return {"tablets": [_row(device, now) for device in found.rows], "page": found, "duties": DUTIES}


def rename(device: Device, name: str) -> None:
    """Call a tablet something else; an empty name changes nothing."""
    wanted = clean(name)[:LONGEST_NAME]
    if wanted and wanted != device.name:
        with writing():
            audit.note("tablet.rename", f"tablet:{device.id}", before=device.name, name=wanted)
            db.session.get_one(Device, device.id).name = wanted


def _row(device: Device, now: datetime) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "duty": DUTIES[device.duty],
        "revoked": device.revoked_at is not None,
        "facts": list(_facts(device, now)),
        "remarks": list(_remarks(device, now)),
    }


def _facts(device: Device, now: datetime) -> Iterator[tuple[str, str]]:
    """What there is to know about it, each with its name."""
    yield "Last heard", _ago(device.last_heard, now) if device.last_heard else "never"
    yield "Entries received", str(device.upto)
    if device.unsent is not None:
        waits = f", the oldest from {_ago(device.oldest, now)}" if device.unsent and device.oldest else ""
        yield "Not sent then", f"{device.unsent}{waits}"
    if device.version:
        yield "Version", device.version
    if device.used is not None and device.quota:
        yield "Storage", f"{_megabytes(device.used)} of {_megabytes(device.quota)}"


def _remarks(device: Device, now: datetime) -> Iterator[str]:
    """What the office should know; nothing is refused for a wrong clock."""
    if device.trouble:
        yield device.trouble
    if device.fault:
        fault = fault_in_words(device.fault, device.version)
        yield f"A screen could not be shown on it. Tell whoever looks after the program: “{fault}”."
    if abs(device.skew or 0) > SKEW_TO_MENTION:
        side = "fast" if (device.skew or 0) > 0 else "slow"
        yield f"Its clock is {abs(device.skew or 0) // MINUTE} minutes {side}. Marks are not harmed by it."
    if device.revoked_at is None:
        yield from _warnings(device, now)


def _warnings(device: Device, now: datetime) -> Iterator[str]:
    if device.last_heard and now - device.last_heard > SILENT_FOR:
        days = count_words((now - device.last_heard).days, "day", "days")
        yield f"Silent for {days}. It is off, without a network, or lost. What was recorded on it since is only there."
    if device.bare_at:
        yield "Its memory was cleared, or its browser lost the app: its pages come from the school now. Enrol it again."
    if device.persisted is False:
        yield "Its browser may clear what it holds when space is short. Open Reachable from the home screen on it."
    if device.used and device.quota and device.used > NEARLY_FULL * device.quota:
        yield "Its storage is nearly full. Make room on it, so that it can go on recording."


def _ago(moment: datetime, now: datetime) -> str:
    words = age_words(max(0, int((now - moment).total_seconds())))
    return words if words == "just now" else f"{words} ago"


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.0f} MB"
