import random
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.floor.made_up import NAMES
from tests.floor.twins import Twins
from webapp.clock import local_date
from webapp.domain import words
from webapp.domain.calendar import monday_of, week_of
from webapp.domain.moment import instant

DAYS = [date(1999, 12, 25) + timedelta(days=n) for n in range(40 * 366)]
# Every 83 minutes meets both sides of each change of the clocks.
MOMENTS = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=83 * n) for n in range(20_000)]


@pytest.mark.parametrize(
    ("name", "say"),
    [
        ("dayWords", words.day_words),
        ("dayWordsLong", words.day_words_long),
        ("weekOf", week_of),
    ],
)
def test_days_are_said_alike_over_forty_years(twins: Twins, name: str, say: object) -> None:
    assert callable(say)
    days = [day.isoformat() for day in DAYS]
    assert twins.ask(f"return given.map((day) => words.{name}(day))", days) == [say(day) for day in DAYS]


def test_weeks_are_said_alike(twins: Twins) -> None:
    weeks = sorted({week_of(day) for day in DAYS})
    asked = twins.ask("return given.map((week) => [words.weekWords(week), words.mondayOf(week)])", weeks)
    assert asked == [[words.week_words(week), monday_of(week).isoformat()] for week in weeks]


def test_clock_and_school_day_are_alike_at_any_moment(twins: Twins) -> None:
    asked = twins.ask(
        "return given.map((at) => new Date(at)).map((at) => [words.clockWords(at), words.localDay(at)])",
        [instant(moment) for moment in MOMENTS],
    )
    assert asked == [[words.clock_words(moment), local_date(moment).isoformat()] for moment in MOMENTS]


def test_days_are_counted_alike_across_changes_of_the_clocks(twins: Twins) -> None:
    asked = twins.ask("return given.map((day) => words.addDays(day, -14))", [day.isoformat() for day in DAYS])
    assert asked == [(day - timedelta(days=14)).isoformat() for day in DAYS]


def test_ages_counts_and_lessons_are_said_alike(twins: Twins) -> None:
    seconds = [*range(4000), *range(4000, 400_000, 977)]
    assert twins.ask("return given.map(words.ageWords)", seconds) == [words.age_words(age) for age in seconds]
    asked = twins.ask("return given.map((n) => words.countWords(n, 'mark', 'marks'))", [0, 1, 2])
    assert asked == [words.count_words(n, "mark", "marks") for n in range(3)]
    assert twins.ask("return words.lessonWords('2026-03-03', '2')") == words.lesson_words(date(2026, 3, 3), 2)


def test_text_is_ordered_by_code_point_whatever_the_script(twins: Twins) -> None:
    chance = random.Random(7)
    letters = "aZé\u0301łçß人ا\u202e\uffee\U0001f600\U0001d49c\ue000 -"
    texts = [*NAMES, *("".join(chance.choices(letters, k=chance.randrange(5))) for _ in range(2000))]
    chance.shuffle(texts)
    assert twins.ask("return given.sort(words.compare)", texts) == sorted(texts)
