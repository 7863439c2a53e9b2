"""`anonymise`: a copy of the school to train with."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from webapp.cli.ready import needs_school
from webapp.config import Settings
from webapp.domain.access.roles import ROLES
from webapp.domain.text.words import count_words
from webapp.training.copying import Copy, fault_of, make_copy


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
@needs_school
def anonymise(folder: Path) -> None:
    """Make a copy of the school with invented people in a new FOLDER, also while people use the school.

    Marks, levels, timetable, stays and sales stay. Names, addresses, and all that people wrote do not.
    """
    target = folder.expanduser().resolve()
    if fault := fault_of(target, _settings()):
        raise click.ClickException(f"{target}: {fault}")
    try:
        copy = make_copy(target)
    except (OSError, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error.strerror
        raise click.ClickException(f"{target}: the copy could not be written ({reason}). Nothing is left.") from None
    click.echo(_words(copy, target))


def _words(copy: Copy, target: Path) -> str:
    people = [f"  {username:<24} {ROLES[role]}" for role, username in copy.usernames.items()]
    lines = (
        f"{target}: a copy of the school with invented people ({count_words(copy.rows, 'row', 'rows')}).",
        f"Everybody's password is {copy.password}. Sign in as",
        *people,
        "Serve it beside the school with",
        f"  DATABASE_URL= REACHABLE_DATA={target} flask --app webapp serve --port 5001",
    )
    return "\n".join(lines)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


COMMANDS: tuple[click.Command, ...] = (anonymise,)
