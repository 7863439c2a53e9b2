"""`lessons`: who is expected where on a day, with whom and when."""

import json
from datetime import date
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import select

from webapp.cli.ready import needs_school
from webapp.domain.text.words import clock_words
from webapp.domain.time.moment import instant
from webapp.imports.kinds.values import A_DATE, read_date
from webapp.models import Lesson, Staff, Student, db
from webapp.timetable.expected import expected_on, lessons_on


def _day(_context: click.Context, _option: click.Parameter, typed: str) -> date:
    day = read_date(typed)
    if day is None:
        raise click.BadParameter(f"expected {A_DATE}, found {typed}")
    return day


@click.command()
@click.option("--date", "day", required=True, callback=_day, help="A day such as 2026-11-27.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
@needs_school
def lessons(day: date, as_json: bool) -> None:
    """The lessons of a day, and who is expected in each."""
    names = dict(db.session.execute(select(Staff.id, Staff.username)).all())
    students = expected_on(day)
    found = [lesson_json(lesson, names, students[lesson.id]) for lesson in lessons_on(day)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        Console().print(_table(found, lessons_on(day)))


COMMANDS: tuple[click.Command, ...] = (lessons,)


def lesson_json(lesson: Lesson, names: dict[str, str], students: list[Student]) -> dict[str, Any]:
    """A lesson with whoever takes it that day by username, and the UPNs of those expected."""
    return {
        "id": str(lesson.id),
        "week": lesson.cycle,
        "period": lesson.period,
        "starts": instant(lesson.starts),
        "ends": instant(lesson.ends),
        "group": lesson.group_id,
        "subject": lesson.subject,
        "staff": [names[one] for one in lesson.taking],
        "room": lesson.room,
        "students": [student.upn for student in students],
    }


def _table(found: list[dict[str, Any]], lessons: Any) -> Table:
    table = Table("Period", "Times", "Class", "Subject", "Staff", "Room", "Students")
    for row, lesson in zip(found, lessons, strict=True):
        times = f"{clock_words(lesson.starts)}–{clock_words(lesson.ends)}"
        cells = (row["period"], times, row["group"], row["subject"], ", ".join(row["staff"]), row["room"] or "")
        table.add_row(*map(Text, cells), str(len(row["students"])))
    return table
