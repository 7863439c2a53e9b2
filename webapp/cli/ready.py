"""What most commands need before they can start."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from webapp.config import Settings
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


def tell_of_first_run(settings: Settings) -> None:
    """Says on the console, and nowhere else, how a school is set up in which nobody can sign in yet."""
    if first_run.is_waiting():
        click.echo(f"Nobody can sign in yet. Open {settings.public_url}/setup and enter the code {first_run.code()}")
