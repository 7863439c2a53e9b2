"""What a tablet says of itself in a push: optional, and never a reason to refuse anything."""

from dataclasses import asdict, dataclass
from datetime import datetime

from webapp.domain.text.text import clean
from webapp.domain.time.moment import parse_instant
from webapp.models import Device

LONGEST_VERSION, LONGEST_FAULT = 40, 200
MOST = 2**53 - 1  # the last integer every JSON reader keeps exact


@dataclass(frozen=True, slots=True)
class Health:
    """Each field as in the table `device`; None where the tablet does not say, or nothing that can be understood."""

    version: str | None = None
    unsent: int | None = None
    oldest: datetime | None = None
    persisted: bool | None = None
    used: int | None = None
    quota: int | None = None
    fault: str | None = None


def read_health(value: object) -> Health | None:
    """What a push says under `health`; None if nothing."""
    if not isinstance(value, dict):
        return None
    persisted = value.get("persisted")
    return Health(
        version=_text(value.get("version"), LONGEST_VERSION),
        unsent=_count(value.get("unsent"), 2**31 - 1),
        oldest=parse_instant(value.get("oldest")),
        persisted=persisted if isinstance(persisted, bool) else None,
        used=_count(value.get("used")),
        quota=_count(value.get("quota")),
        fault=_text(value.get("fault"), LONGEST_FAULT),
    )


def _text(value: object, longest: int) -> str | None:
    return clean(value[: 2 * longest])[:longest] if isinstance(value, str) else None


def _count(value: object, most: int = MOST) -> int | None:
    return value if type(value) is int and 0 <= value <= most else None


def note(device: Device, health: Health | None) -> None:
    """Keep what a tablet says; one that says nothing leaves what it said before. What went wrong in its program stays
    until the program is another."""
    if health is None:
        return
    said = asdict(health)
    if health.fault is None and health.version == device.version:
        del said["fault"]
    for name, value in said.items():
        setattr(device, name, value)
