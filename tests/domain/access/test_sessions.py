from datetime import UTC, datetime, timedelta

import pytest

from webapp.domain.access.browsers import browser_words
from webapp.domain.access.sessions import Limits, Standing, standing

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
LIMITS = Limits(
    idle=timedelta(hours=12), whole=timedelta(days=7), desk_idle=timedelta(hours=1), desk_whole=timedelta(hours=12)
)
A_SECOND = timedelta(seconds=1)


def stands(**ago: timedelta) -> Standing:
    """How a session stands at noon that began, was seen and had the password so long ago."""
    times = {"began": timedelta(0), "seen": timedelta(0), "proved": timedelta(0)} | ago
    return standing(**{name: NOON - by for name, by in times.items()}, now=NOON, limits=LIMITS)


def test_somebody_who_has_just_shown_the_password_is_at_the_desk():
    assert stands() is Standing.DESK


def test_without_a_password_the_floor_is_all_there_is():
    assert standing(NOON, NOON, None, NOON, LIMITS) is Standing.FLOOR


@pytest.mark.parametrize(
    ("what", "limit", "after"),
    [
        ("seen", LIMITS.desk_idle, Standing.FLOOR),
        ("proved", LIMITS.desk_whole, Standing.FLOOR),
        ("seen", LIMITS.idle, Standing.ENDED),
        ("began", LIMITS.whole, Standing.ENDED),
    ],
)
def test_each_limit_counts_from_the_moment_it_is_reached(what: str, limit: timedelta, after: Standing):
    assert stands(**{what: limit - A_SECOND}) is not after
    assert stands(**{what: limit}) is after


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on a Chromebook"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on an iPad"),
        ("curl/8", "A browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(agent: str, words: str):
    assert browser_words(agent) == words
