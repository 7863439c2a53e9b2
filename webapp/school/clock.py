"""The school's clock. Everything that needs the time asks here, so that a test can set it."""

from datetime import UTC, date, datetime, time, timedelta

from flask import current_app

from webapp.domain.text.words import LONDON, clock_words, day_words

SCHOOL_ZONE = LONDON


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


def moment_words(moment: datetime) -> str:
    """ "today, 10:05" or "Tue 3 March, 10:05"."""
    return f"today, {clock_words(moment)}" if local_date(moment) == today() else day_and_time(moment)


def day_and_time(moment: datetime) -> str:
    """ "Tue 3 March, 10:05", also of today: what is written down stays true tomorrow."""
    return f"{day_words(local_date(moment))}, {clock_words(moment)}"


def local_moment(day: date, at: time = time()) -> datetime:
    """When the school's clock shows a time on a day, in UTC; the day's first moment unless a time is given."""
    return datetime.combine(day, at, SCHOOL_ZONE).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The school's midnight after a day, in UTC; of the last day there is, its last moment."""
    return local_moment(day, time.max) if day == date.max else local_moment(day + timedelta(days=1))
