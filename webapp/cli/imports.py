"""`import`: files from the school's other systems."""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from webapp.cli.ready import needs_school
from webapp.domain.text.text import clean
from webapp.imports import KINDS, Kind, Layout, Outcome, Problem, Source, import_content
from webapp.imports.files.limits import LAST_LINE
from webapp.imports.kinds import students
from webapp.imports.kinds.from_day import read_start
from webapp.imports.kinds.values import A_DATE, read_date
from webapp.imports.questions import FROM, GROUP, NEW, SAME, absent_words, left_on, same_as

Command = Callable[..., None]

imports = AppGroup("import", help="Bring in CSV or XLSX files; each is taken whole or not at all.")


def _add_command(name: str, kind: Kind) -> None:
    columns = ", ".join(column.key for column in kind.COLUMNS)

    @imports.command(name, help=f"Columns: {columns}.", short_help=f"Import {name}.")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
    @click.option("--map", "pairs", multiple=True, metavar="COLUMN=HEADING", help="The heading that feeds a column.")
    @click.option("--heading-line", type=click.IntRange(1, LAST_LINE), help="The line that holds the column names.")
    @click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook to read.")
    @click.option("--without-footer", is_flag=True, help="Leave out lines that look like a footer or totals.")
    @click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
    @_decisions(kind)
    @needs_school
    def command(  # one parameter for each option
        file: Path,
        dry_run: bool,
        pairs: Sequence[str],
        heading_line: int | None,
        sheet: str,
        without_footer: bool,
        as_json: bool,
        **decided: Any,
    ) -> None:
        layout = Layout(heading_line, sheet, without_footer)
        source = Source(file.name, chosen=_chosen(kind, pairs), answers=_answers(**decided), layout=layout)
        outcome = import_content(kind, file.read_bytes(), dry_run, _progress(), source)
        if as_json:
            click.echo(json.dumps(outcome.as_json()))
        else:
            _tell(outcome, file.name, dry_run)
        sys.exit(1 if outcome.problems else 0)


def _decisions(kind: Kind) -> Callable[[Command], Command]:
    """The options that answer what a file leaves open."""
    if kind.KEY != students.KEY:
        return _from_day if kind.IS_DATED else lambda command: command
    same = click.option("--same-person", multiple=True, metavar="UPN", help="This line is of somebody we have already.")
    all_same = click.option("--same-people", is_flag=True, help="So is every line that would be asked about.")
    new = click.option("--new-person", multiple=True, metavar="UPN", help="This line is of somebody new.")
    left = click.option(
        "--left", multiple=True, metavar="UPN=DAY", help="Not in the file: not at school from this day."
    )
    group = click.option("--group", metavar="GROUP", help="The registration group of new students without one.")
    return lambda command: _from_day(same(all_same(new(left(group(command))))))


def _from_day(command: Command) -> Command:
    """The option that says from which day on a file holds."""
    words = "The first day on which it holds; today unless said."
    return click.option("--from", "start", metavar="DAY", callback=_day, help=words)(command)


def _day(_context: click.Context, _option: click.Parameter, typed: str | None) -> date | None:
    if typed and read_start(typed) is None:
        raise click.BadParameter(f"It needs {A_DATE}.")
    return read_start(typed)


def _answers(
    same_person: Sequence[str] = (),
    new_person: Sequence[str] = (),
    left: Sequence[str] = (),
    same_people: bool = False,
    start: date | None = None,
    group: str | None = None,
) -> dict[str, str]:
    """What the options decide, as the import's questions are called."""
    answers = ({SAME: SAME} if same_people else {}) | ({FROM: start.isoformat()} if start else {})
    answers |= {GROUP: group} if group else {}
    answers |= {same_as(upn): SAME for upn in same_person} | {same_as(upn): NEW for upn in new_person}
    for upn, _, day in (pair.partition("=") for pair in left):
        if read_date(day) is None:
            raise click.BadParameter(f"{upn or 'A UPN'} needs {A_DATE}.", param_hint="--left")
        answers[left_on(upn)] = str(read_date(day))
    return answers


for _name, _kind in KINDS.items():
    _add_command(_name, _kind)

COMMANDS: tuple[click.Command, ...] = (imports,)


def _chosen(kind: Kind, pairs: Sequence[str]) -> dict[str, str]:
    """The headings named with `--map`, by column."""
    chosen = dict(pair.partition("=")[::2] for pair in pairs)
    unknown = chosen.keys() - {column.key for column in kind.COLUMNS}
    if unknown:
        raise click.BadParameter(f"There is no column {', '.join(sorted(unknown))}.", param_hint="--map")
    return chosen


def _progress() -> partial:
    console = Console(stderr=True)
    return partial(track, console=console, transient=True, disable=not console.is_terminal)


def _tell(outcome: Outcome, file: str, dry_run: bool) -> None:
    for note in outcome.notes:
        click.echo(clean(note), err=True)
    if outcome.problems:
        Console(stderr=True).print(_as_table(outcome.problems))
        click.echo(f"{file}: nothing was imported. Put these right and try again.", err=True)
        return
    rehearsed = " Only tried: nothing was kept." if dry_run else ""
    click.echo(f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged.{rehearsed}")
    if outcome.groups:
        click.echo(clean(f"New groups: {', '.join(outcome.groups)}."))
    if outcome.absent:
        click.echo(clean(absent_words(outcome.absent)))


def _as_table(problems: Sequence[Problem]) -> Table:
    table = Table("Line", "Column", "There", "Expected")
    for problem in problems:
        # As plain text: a file may hold what a terminal or Rich would obey.
        cells = (str(problem.line), problem.column, problem.value, problem.expected)
        table.add_row(*(Text(clean(cell), overflow="fold") for cell in cells))
    return table
