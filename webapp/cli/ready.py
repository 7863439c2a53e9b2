"""What most commands need before they can start."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from sqlalchemy import inspect

from webapp.models import School, db
from webapp.school import the_school

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


def is_set_up() -> bool:
    """Whether the database has its tables and its school."""
    return inspect(db.engine).has_table(School.__tablename__) and the_school() is not None
