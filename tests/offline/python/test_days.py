"""Days, weeks and moments as the floor says them, by Python's calendar and by the browser's."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.offline.sides import WORKER, Tablet
from webapp.domain.text import words
from webapp.domain.time.calendar import week_of
from webapp.domain.time.moment import instant
from webapp.floor.both.parts import facts
from webapp.offline.bundle import worker_files
from webapp.offline.floor import ROOT, import_lines
from webapp.offline.python import compile_python
from webapp.school.clock import local_date

DAYS = [date(1999, 12, 25) + timedelta(days=n) for n in range(0, 40 * 366, 3)]
# Every 83 minutes meets both sides of each change of the clocks.
MOMENTS = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=83 * n) for n in range(20_000)]
ENTRIES = {
    "functions": {name: ("webapp.domain.text.words", name) for name in ("day_words", "week_words", "age_words")}
    | {name: ("webapp.floor.both.parts.facts", name) for name in ("whole_weeks", "at_clock", "local_day", "moment_of")}
    | {"week_of": ("webapp.domain.time.calendar", "week_of"), "instant": ("webapp.domain.time.moment", "instant")}
}
ASK = """async ([module, given]) => {
  const { functions } = await import(module);
  const { pyDateFromIso, pyMomentFromIso } = await import("/python/dates.js");
  const say = %s;
  return JSON.stringify(JSON.parse(given).map(say));
}"""


@pytest.fixture(scope="module")
def module(tablet: Tablet) -> str:
    compiled, used = compile_python(ROOT, ENTRIES)
    tablet.modules.append(import_lines(worker_files(WORKER), used) + compiled)
    return f"/{len(tablet.modules) - 1}"


def asked(tablet: Tablet, module: str, say: str, given: list[Any]) -> Any:
    return json.loads(tablet.page.evaluate(ASK % say, [module, json.dumps(given)]))


def test_days_and_weeks_over_forty_years(tablet: Tablet, module: str) -> None:
    say = "(day) => [pyDateFromIso(day)].flatMap((d) => [functions.day_words(d), functions.week_of(d)])"
    days = [day.isoformat() for day in DAYS]
    assert asked(tablet, module, say, days) == [[words.day_words(day), week_of(day)] for day in DAYS]
    weeks = sorted({week_of(day) for day in DAYS})
    assert asked(tablet, module, "functions.week_words", weeks) == [words.week_words(week) for week in weeks]
    assert asked(tablet, module, "functions.whole_weeks", days[:400]) == [facts.whole_weeks(day) for day in days[:400]]


def test_clock_and_school_day_at_any_moment(tablet: Tablet, module: str) -> None:
    say = "(at) => [functions.at_clock(at), functions.local_day(pyMomentFromIso(at))]"
    found = asked(tablet, module, say, [instant(moment) for moment in MOMENTS])
    assert found == [[words.clock_words(moment), local_date(moment).isoformat()] for moment in MOMENTS]


def test_a_time_on_the_wall_across_changes_of_the_clocks(tablet: Tablet, module: str) -> None:
    days = [*range(24, 32)]
    times = [(f"2026-{month:02}-{day}", f"{hour:02}:30") for month in (3, 10) for day in days for hour in range(24)]
    say = "([day, at]) => functions.instant(functions.moment_of(day, at))"
    found = asked(tablet, module, say, [list(time) for time in times])
    assert found == [instant(facts.moment_of(*time)) for time in times]


def test_ages(tablet: Tablet, module: str) -> None:
    seconds = [*range(4000), *range(4000, 400_000, 977)]
    assert asked(tablet, module, "functions.age_words", seconds) == [words.age_words(age) for age in seconds]
