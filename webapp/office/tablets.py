"""The list of tablets as the office reads it."""

from datetime import datetime
from typing import Any

from webapp.domain.words import age_words
from webapp.models import Device, db
from webapp.models.device import OWN_DEVICES

SKEW_TO_MENTION = 120_000  # milliseconds
MINUTE = 60_000


def listed(now: datetime) -> list[dict[str, Any]]:
    """Every tablet ever enrolled, the newest first."""
    devices = db.session.query(Device).filter(Device.id.not_in(OWN_DEVICES)).order_by(Device.enrolled_at.desc())
    return [_row(device, now) for device in devices]


def _row(device: Device, now: datetime) -> dict[str, Any]:
    heard = device.last_heard and age_words(int((now - device.last_heard).total_seconds()))
    return {
        "id": device.id,
        "name": device.name,
        "duty": device.duty,
        "heard": heard or "never",
        "received": device.upto,
        "revoked": device.revoked_at is not None,
        "remarks": _remarks(device),
    }


def _remarks(device: Device) -> list[str]:
    """What the office should know; nothing is refused for a wrong clock."""
    remarks = [device.trouble] if device.trouble else []
    if abs(device.skew or 0) > SKEW_TO_MENTION:
        side = "fast" if (device.skew or 0) > 0 else "slow"
        remarks.append(f"Its clock is {abs(device.skew or 0) // MINUTE} minutes {side}.")
    return remarks
