"""`levels`: who has which level in a week."""

import json
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table
from rich.text import Text

from webapp.cli.ready import needs_school
from webapp.domain.marks.levels import WeekLevel
from webapp.domain.time.calendar import is_week, monday_of, sunday_of
from webapp.models import Student, db
from webapp.policies import Pack
from webapp.results.levels import load_caps, load_frame, no_level, work_out
from webapp.school.school import school_pack


def iso_week(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not is_week(value):
        raise click.BadParameter(f"expected an ISO week such as 2026-W11, found {value}")
    return value


week_option = click.option("--week", required=True, callback=iso_week, help="An ISO week such as 2026-W11.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@week_option
@json_option
@with_appcontext
@needs_school
def levels(week: str, as_json: bool) -> None:
    """The level of every student on roll in a week."""
    found = [(student, level) for student, level in _levels(week)]
    if as_json:
        click.echo(json.dumps([level_json(student, level) for student, level in found], ensure_ascii=False))
    else:
        Console().print(_level_table(found, school_pack()))


def _levels(week: str) -> list[tuple[Student, WeekLevel]]:
    frame, caps = load_frame(), load_caps()
    worked_out = {student: level for student, level, _ in work_out([week], frame=frame)}
    students = db.session.query(Student).all()
    return [
        (student, worked_out.get(student.id) or no_level(week, caps.get(student.id, ()), frame))
        for student in sorted(students, key=lambda student: (student.sort, student.id))
        if student.on_roll(monday_of(week), sunday_of(week))
    ]


def level_json(student: Student, level: WeekLevel) -> dict[str, Any]:
    return {
        "student": str(student.id),
        "upn": student.upn,
        "name": student.name,
        "week": level.week,
        "level": level.level,
        "earned": level.earned,
        "cap": level.cap,
        "mean": list(level.mean),
        "from_week": level.from_week,
    }


def _level_table(found: list[tuple[Student, WeekLevel]], pack: Pack) -> Table:
    table = Table("Student", "Group", "Level", "Mean", "Marks", "From week", "Limited to")
    for student, level in found:
        cells = (
            student.name,
            student.group_id,
            pack.level_name(level.level),
            level.mean.shown(),
            str(level.mean.count or ""),
            level.from_week or "",
            "" if level.cap is None else pack.level_name(level.cap) or "no level",
        )
        table.add_row(*map(Text, cells))  # as plain text: a name may hold what Rich would obey
    return table


COMMANDS = (levels,)
