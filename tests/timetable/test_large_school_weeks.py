"""A school of 1,000 pupils: for 60 days everybody is expected where a script says that knows its files alone."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from tests.asked import statements
from tests.timetable.large_school import FROM_JANUARY, files
from tests.timetable.worked_out import Expected, School, day
from webapp.domain.text.words import clock_words
from webapp.imports import KINDS, Source, import_content
from webapp.models import Lesson
from webapp.timetable.expected import expected_on, lessons_on

FIRST, DAYS = date(2026, 11, 16), 60
A_FILE, A_LINE = 100, 3
"""How often the database may be asked for a file, and for each of its lines, so that bringing it in takes seconds."""

HAS_CLASSES = "classes" in KINDS


def test_everybody_is_expected_where_and_when_the_files_say(app: Flask):
    app.config["CLOCK"].now = datetime(2026, 11, 16, 8, tzinfo=UTC)
    later, content = day(FROM_JANUARY), files()
    for kind in ("calendar", "periods", "staff", "students", "timetable", "classes"):
        if kind in KINDS:
            bring_in(kind, content[kind])
    bring_in("timetable", content["january"], {"from": later.isoformat()})
    school = School(content, later)
    days = [one for one in school.days if one >= FIRST][:DAYS]
    assert {one: found(one) ^ worked_out(school, one) for one in days} == {one: set() for one in days}


def bring_in(kind: str, content: str, answers: dict[str, str] | None = None) -> None:
    with statements() as asked:
        outcome = import_content(KINDS[kind], content.encode(), source=Source(answers=answers or {}))
    assert list(outcome.problems) == []
    assert len(asked) < A_FILE + A_LINE * content.count("\n")


def found(one: date) -> set[tuple[Any, ...]]:
    """What the product says of a day."""
    students = expected_on(one)
    return {comparable(lesson, frozenset(row.upn for row in students[lesson.id])) for lesson in lessons_on(one)}


def comparable(lesson: Lesson, students: frozenset[str]) -> tuple[Any, ...]:
    times = clock_words(lesson.starts), clock_words(lesson.ends)
    about = lesson.group_id, lesson.subject, lesson.taking, lesson.room
    return (lesson.cycle, lesson.period, *times, *about, students)


def worked_out(school: School, one: date) -> set[tuple[Any, ...]]:
    """What the script says; of sets without their students for as long as there is no import of classes."""
    return {tuple(row if HAS_CLASSES else without_sets(row)) for row in school.lessons(one)}


def without_sets(row: Expected) -> Expected:
    return row._replace(students=frozenset()) if "/" in row.group else row
