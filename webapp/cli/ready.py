"""What most commands need before they can start."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from sqlalchemy.exc import DBAPIError

from webapp.backup.shape import is_known, newest, revision_of
from webapp.config import Settings
from webapp.models import db
from webapp.school.school import is_set_up
from webapp.setup import first_run

P = ParamSpec("P")
R = TypeVar("R")


def needs_school(command: Callable[P, R]) -> Callable[P, R]:
    """Says what to do first when the school has not been set up; goes below `with_appcontext`."""

    @wraps(command)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not is_set_up():
            raise click.ClickException("Run `flask --app webapp init --policy reach` first.")
        return command(*args, **kwargs)

    return checked


def needs_this_release() -> None:
    """Says what to do first when the database is another release's; one without tables is none's."""
    try:
        with db.engine.connect() as connection:
            revision = revision_of(connection)
    except DBAPIError:
        return  # the command itself tells what is wrong with the database
    if revision in ("", newest()):
        return
    if is_known(revision):
        raise click.ClickException(
            "This school's database is of an earlier release. Run `flask --app webapp db upgrade` first."
        )
    raise click.ClickException("This school's database is of a later release. Update Reachable first.")


def tell_of_first_run(settings: Settings) -> None:
    """Says on the console, and nowhere else, how a school is set up in which nobody can sign in yet."""
    if first_run.is_waiting():
        click.echo(f"Nobody can sign in yet. Open {settings.public_url}/setup and enter the code {first_run.code()}")
