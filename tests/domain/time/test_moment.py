from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.text.words import clock_words
from webapp.domain.time.moment import (
    EARLIEST,
    LATEST,
    as_utc,
    happened_at,
    instant,
    parse_instant,
)

NOW = datetime(2026, 3, 3, 10, 5, tzinfo=UTC)
ANY = st.datetimes(timezones=st.just(UTC))
NEAR = st.datetimes(datetime(2016, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))


def test_a_right_clock_is_believed():
    tapped = NOW - timedelta(hours=3)
    assert happened_at(tapped, NOW, NOW) == tapped


def test_a_clock_ten_years_ahead_is_put_right():
    ahead = timedelta(days=3653)
    tapped = NOW - timedelta(hours=3)
    assert happened_at(tapped + ahead, NOW + ahead, NOW) == tapped


def test_nothing_happens_after_it_was_received():
    assert happened_at(NOW + timedelta(days=1), NOW, NOW) == NOW


@given(NEAR, st.timedeltas(timedelta(0), timedelta(days=400)), st.timedeltas(-timedelta(3653), timedelta(3653)))
def test_a_steady_error_of_the_clock_changes_nothing(server_now, ago, error):
    assert happened_at(server_now - ago + error, server_now + error, server_now) == server_now - ago


@given(ANY, ANY, NEAR)
def test_no_clock_of_any_year_breaks_the_estimate(wall, device_now, server_now):
    at = happened_at(wall, device_now, server_now)
    assert at <= server_now
    assert parse_instant(instant(at)) is not None
    assert len(clock_words(at)) == 5


def test_an_estimate_beyond_the_calendar_stops_at_its_edge():
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    assert happened_at(last, first, NOW) == NOW
    assert happened_at(first, last, NOW) == EARLIEST
    assert happened_at(first, NOW, NOW) == EARLIEST


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-03T10:05:00.000Z", NOW),
        ("2026-03-03T10:05:00Z", NOW),
        ("2026-03-03T10:05:00+00:00", NOW),
        ("2026-03-03T10:05:00.5Z", NOW + timedelta(milliseconds=500)),
        ("2026-03-03T10:05:00.000001Z", NOW + timedelta(microseconds=1)),
    ],
)
def test_instants_in_utc_are_understood(text, moment):
    assert parse_instant(text) == moment
    assert parse_instant(text).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("0001-01-01T00:00:00.000Z", EARLIEST),
        ("0999-12-31T23:59:59Z", EARLIEST),
        ("9999-12-31T23:59:59.999999999Z", LATEST),
    ],
)
def test_moments_at_the_ends_of_the_calendar_have_a_local_time(text, moment):
    assert parse_instant(text) == moment
    assert len(clock_words(moment - timedelta(days=400))) == 5
    assert len(clock_words(moment + timedelta(days=400))) == 5


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-03T10:05:00", "2026-03-03T10:05:00+01:00", "2026-03-03 10:05:00Z", "2026-03-03", "10:05"),
        *("2026-02-29T10:05:00Z", "2026-03-03T24:00:00Z", "2026-03-03T10:05:60Z", "0000-01-01T00:00:00Z"),
        *("2026-03-03T10:05:00Z\n", "20260303T100500Z", "2026-03-03T10:05:00.Z", "2026-03-03t10:05:00z"),
        *("٢٠٢٦-03-03T10:05:00Z", "", None, 1772532300, True, [], {}, "2026-03-03T10:05:00.0000000000Z"),
    ],
)
def test_anything_else_is_no_instant(text):
    assert parse_instant(text) is None


def test_an_instant_is_written_with_milliseconds():
    assert instant(NOW) == "2026-03-03T10:05:00.000Z"
    assert instant(NOW + timedelta(microseconds=1999)) == "2026-03-03T10:05:00.001Z"


def test_an_instant_is_written_in_utc_wherever_it_was_taken():
    assert instant(NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))) == "2026-03-03T10:05:00.000Z"
    assert instant(NOW.replace(tzinfo=None)) == "2026-03-03T10:05:00.000Z"


@given(st.datetimes(EARLIEST.replace(tzinfo=None), LATEST.replace(tzinfo=None), timezones=st.just(UTC)))
def test_an_instant_read_back_is_the_same_to_the_millisecond(moment):
    assert timedelta(0) <= moment - parse_instant(instant(moment)) < timedelta(milliseconds=1)


def test_a_moment_without_a_time_zone_is_in_utc():
    assert as_utc(datetime(2026, 7, 1, 12)) == datetime(2026, 7, 1, 12, tzinfo=UTC)
