"""A school with marks, and its command line."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.builders import (
    Tablet,
    be_signed_in_for_ever,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)

Run = Callable[..., Result]

LAST_WEEK = (date(2026, 2, 23), date(2026, 2, 24), date(2026, 2, 25), date(2026, 2, 26), date(2026, 2, 27))


@pytest.fixture
def run(app: Flask) -> Run:
    def run(*args: str) -> Result:
        return app.test_cli_runner().invoke(args=list(args))

    return run


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    def run_json(*args: str) -> Any:
        result = run(*args, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run_json


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    """Ada's tablet, at a school where 8B had one lesson a day last week; Zoë is student 1, Wit student 2."""
    create_year()
    create_group()
    create_staff()
    create_student("Zoë", "Okafor", upn="A1")
    create_student("Wit", "Kowal", upn="A2")
    for day in LAST_WEEK:
        create_lesson(day)
    tablet = create_tablet(app)
    be_signed_in_for_ever()
    return tablet


def mark(tablet: Tablet, *marks: Any, student: int = 1) -> None:
    """Last week's marks of a student, Monday first; None leaves a lesson unmarked."""
    for lesson, given in enumerate(marks, start=1):
        if given is not None:
            tablet.mark(student, lesson, given)
    assert tablet.push().json["notes"] == []
