"""The school's clock. Everything that needs the time asks here, so that a test can set it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

SCHOOL_ZONE = ZoneInfo("Europe/London")


def system_clock() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment, in UTC."""
    moment: datetime = current_app.config["CLOCK"]()
    return moment


def today() -> date:
    """The school's local date (decision D7)."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    return moment.astimezone(SCHOOL_ZONE).date()
