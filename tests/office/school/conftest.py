"""A school with people and a timetable, whose office is at work, on SQLite and on PostgreSQL.

It is Tuesday 3 March 2026, 10:21. Group 8B has Maths with Ada on Mondays and Tuesdays in period 1 and Art with Wit on
Mondays in period 2; 9H has Art with Wit on Mondays in period 1.
"""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders_rewards import do
from tests.imports.conftest import CALENDAR, PERIODS, STAFF, STUDENTS, TIMETABLE
from tests.office.conftest import Person
from tests.postgres import DATABASES
from tests.sync.conftest import settings_on
from webapp.config import Settings
from webapp.imports import KINDS, import_content
from webapp.models import AuditLine, Lesson, db

TODAY = date(2026, 3, 3)


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Path) -> Settings:
    return settings_on(request.param, request, data)


@pytest.fixture
def office(app: Flask) -> Person:
    """Somebody at the office of the school."""
    files = {"calendar": CALENDAR, "periods": PERIODS, "staff": STAFF, "students": STUDENTS, "timetable": TIMETABLE}
    for kind, content in files.items():
        assert not import_content(KINDS[kind], content.encode()).problems
    return Person(app, "office")


def lessons(*days: date, group: str = "8B") -> list[Lesson]:
    """A group's lessons on these days, or on all."""
    db.session.rollback()  # what requests wrote is seen from here on
    query = select(Lesson).where(Lesson.group_id == group, ~Lesson.gone).order_by(Lesson.starts)
    return list(db.session.scalars(query.where(Lesson.day.in_(days)) if days else query))


def mark(lesson: Lesson, student: int = 1, given: object = 4) -> None:
    assert do("score.record", {"student": str(student), "lesson": str(lesson.id), "mark": given}) is None


def bring(timetable: str) -> int:
    """Import a timetable; the number of the import."""
    run = import_content(KINDS["timetable"], timetable.encode()).run
    assert run is not None
    return run


def trail() -> list[tuple[str, str, str]]:
    """Who did what to what at the desk, as the audit trail has it."""
    db.session.rollback()
    lines = db.session.query(AuditLine).filter(AuditLine.event != "import.run").order_by(AuditLine.sequence)
    return [(line.by, line.event, line.about) for line in lines]
